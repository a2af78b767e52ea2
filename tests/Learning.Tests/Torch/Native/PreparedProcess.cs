using System.Runtime.CompilerServices;

namespace Actors.Learning.Torch.Native.Tests;

/// <summary>What the host does first in its process, done for the tests'.</summary>
internal static class PreparedProcess
{
    [ModuleInitializer]
    internal static void Prepare() => TrainingRuntime.Prepare(threads: 1);
}
