// The rules read the same few assemblies, and each of them takes a second or less: running them side by side would only read everything twice.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
