namespace Actors.Contracts.Plans;

/// <summary>Which device a collaborator trains on.</summary>
public enum DeviceAssignmentPolicy
{
    /// <summary><c>CPU_ONLY</c>: never an accelerator.</summary>
    CpuOnly,

    /// <summary><c>CUDA_PREFERRED</c>: CUDA where there is one, else the CPU.</summary>
    CudaPreferred,
}
