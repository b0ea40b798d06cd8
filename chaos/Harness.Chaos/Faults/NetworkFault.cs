using Harness.Chaos.Environments;
using Harness.Toxiproxy;

namespace Harness.Chaos.Faults;

/// <summary>A fault made of toxics on the proxies of its edges.</summary>
public abstract record NetworkFault : Fault
{
    /// <summary>The toxics to put on the proxy of each edge.</summary>
    public abstract IReadOnlyList<Toxic> Toxics { get; }

    public override IInjection Prepare(IRunningEnvironment environment) => new ToxicInjection(this, environment.Proxies);
}
