using Xunit.v3;
using Xunit.Sdk;

// Each run is a load on the whole machine; two at once would measure each other.
[assembly: Parallelization(Mode = ParallelMode.None)]
