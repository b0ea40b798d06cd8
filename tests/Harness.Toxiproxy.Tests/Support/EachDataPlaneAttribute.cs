using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Harness.Toxiproxy.Tests.Support;

/// <summary>Runs a theory once on each data plane that this system has.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EachDataPlaneAttribute : DataAttribute
{
    private static string[] Names => ["portable"];

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. Names.Select(name => new TheoryDataRow(name))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
