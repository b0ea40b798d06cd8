using Harness.Chaos.Environments;

namespace Harness.Chaos.Faults.Processes;

/// <summary>The process crashes: it is ended at once, stays down, and is started again when the fault is healed.</summary>
public sealed record KillFault : ProcessFault
{
    public override string Kind => KillFaultKind.Word;

    public override IReadOnlyDictionary<string, string> Parameters => new Dictionary<string, string>();

    protected override IInjection Prepare(IReadOnlyList<IRunningPart> parts, TimeProvider time) => new Injection(parts);

    private sealed class Injection(IReadOnlyList<IRunningPart> parts) : IInjection
    {
        private int _killed;

        public async Task InjectAsync(CancellationToken runToken)
        {
            int[] killed = await Task.WhenAll(parts.Select(part => part.KillAsync()));
            _killed = killed.Sum();
        }

        public async Task<IReadOnlyDictionary<string, double>?> HealAsync(CancellationToken healToken)
        {
            await Task.WhenAll(parts.Select(part => part.StartAsync(healToken)));
            return new Dictionary<string, double> { ["processes killed"] = _killed };
        }
    }
}

internal sealed class KillFaultKind : IFaultKind
{
    public const string Word = "kill";

    public string Name => Word;

    public string Summary => "processes crash, stay down and are started again when it is healed: parts";

    public Fault Read(FaultFields fields) => new KillFault { Parts = fields.Parts() };
}
