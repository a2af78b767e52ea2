using Xunit.Sdk;
using Xunit.v3;

// Experiments in one process take turns anyway, and two cores are soon busy.
[assembly: Parallelization(Mode = ParallelMode.None)]
