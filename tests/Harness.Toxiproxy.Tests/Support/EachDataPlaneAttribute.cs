using System.Reflection;
using Harness.Toxiproxy.Planes;
using Xunit.Sdk;
using Xunit.v3;

namespace Harness.Toxiproxy.Tests.Support;

/// <summary>Runs a theory once on each data plane that this system has.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EachDataPlaneAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. DataPlaneChoice.Available.Select(name => new TheoryDataRow(name))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
