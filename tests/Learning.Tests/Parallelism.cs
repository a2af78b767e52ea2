// libtorch has one generator in a process: tests that seed it take turns.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
