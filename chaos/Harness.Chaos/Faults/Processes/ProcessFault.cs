using Harness.Chaos.Environments;

namespace Harness.Chaos.Faults.Processes;

/// <summary>A fault of processes: of services and stores that run on this machine.</summary>
public abstract record ProcessFault : Fault
{
    public sealed override string? Holds => PartHold.Processes;

    public sealed override IInjection Prepare(IRunningEnvironment environment, TimeProvider time) =>
        Prepare([.. Parts.Select(name => environment.Parts.First(part => part.Name == name))], time);

    /// <summary>The thing that injects and heals it in these parts.</summary>
    protected abstract IInjection Prepare(IReadOnlyList<IRunningPart> parts, TimeProvider time);
}
