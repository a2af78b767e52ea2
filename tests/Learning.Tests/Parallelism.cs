using Xunit.Sdk;
using Xunit.v3;

// libtorch has one generator in a process: tests that seed it take turns.
[assembly: Parallelization(Mode = ParallelMode.None)]
