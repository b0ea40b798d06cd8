using System.Text.Json.Nodes;
using Harness.Chaos.Environments;

namespace Harness.Chaos.Faults.Services;

/// <summary>A fault inside services, which each of them puts in place itself and ends by itself when it is held no more.</summary>
public abstract record ServiceFault : Fault
{
    /// <summary>What a service is told; see the target's control endpoint.</summary>
    internal abstract JsonObject Body { get; }

    public override IInjection Prepare(IRunningEnvironment environment, TimeProvider time) => new ServiceInjection(this, environment, time);
}
