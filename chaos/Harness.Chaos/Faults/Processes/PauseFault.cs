using Harness.Chaos.Environments;

namespace Harness.Chaos.Faults.Processes;

/// <summary>
/// The processes stand still: their connections stay open, and nothing is answered, as in a long collection of garbage, a machine that swaps
/// or a virtual machine that is moved.
/// </summary>
public sealed record PauseFault : ProcessFault
{
    public override string Kind => PauseFaultKind.Word;

    public override IReadOnlyDictionary<string, string> Parameters => new Dictionary<string, string>();

    protected override IInjection Prepare(IReadOnlyList<IRunningPart> parts, TimeProvider time) => new Injection(parts);

    private sealed class Injection(IReadOnlyList<IRunningPart> parts) : IInjection
    {
        private readonly Standstill _standstill = new();

        public Task InjectAsync(CancellationToken runToken)
        {
            _standstill.Stop([.. parts.SelectMany(part => part.Processes)]);
            return Task.CompletedTask;
        }

        public async Task<IReadOnlyDictionary<string, double>?> HealAsync(CancellationToken healToken)
        {
            await _standstill.EndAsync();
            return new Dictionary<string, double> { ["processes stopped"] = _standstill.Stopped };
        }
    }
}

internal sealed class PauseFaultKind : IFaultKind
{
    public const string Word = "pause";

    public string Name => Word;

    public string Summary => "processes stand still with their connections open: parts";

    public Fault Read(FaultFields fields) => new PauseFault { Parts = fields.Parts() };
}
