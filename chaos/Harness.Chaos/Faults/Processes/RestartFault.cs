using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;

namespace Harness.Chaos.Faults.Processes;

/// <summary>One part after the other is asked to end, as a rolling deployment does, and started again after a while.</summary>
public sealed record RestartFault : ProcessFault
{
    /// <summary>How long each is down before it is started again.</summary>
    /// <value>Default 0.</value>
    public TimeSpan Down { get; init; }

    public override string Kind => RestartFaultKind.Word;

    public override IReadOnlyDictionary<string, string> Parameters => new Dictionary<string, string> { ["down"] = Units.Text(Down) };

    protected override IInjection Prepare(IReadOnlyList<IRunningPart> parts, TimeProvider time) => new Injection(parts, Down, time);

    private sealed class Injection(IReadOnlyList<IRunningPart> parts, TimeSpan down, TimeProvider time) : IInjection
    {
        private Func<CancellationToken, Task>? _stop;
        private int _ended;

        public Task InjectAsync(CancellationToken runToken)
        {
            _stop = Loop.Start(RollAsync);
            return Task.CompletedTask;
        }

        public async Task<IReadOnlyDictionary<string, double>?> HealAsync(CancellationToken healToken)
        {
            if (_stop is not null)
                await _stop(healToken);
            await Task.WhenAll(parts.Select(part => part.StartAsync(healToken)));
            return new Dictionary<string, double> { ["processes ended"] = _ended };
        }

        private async Task RollAsync(CancellationToken token)
        {
            foreach (IRunningPart part in parts)
            {
                _ended += await part.StopAsync();
                await Task.Delay(down, time, token);
                await part.StartAsync(token);
            }
        }
    }
}

internal sealed class RestartFaultKind : IFaultKind
{
    public const string Word = "restart";

    public string Name => Word;

    public string Summary => "one part after the other is asked to end and started again, as a rolling deployment does: parts, down";

    public Fault Read(FaultFields fields) => new RestartFault { Parts = fields.Parts(), Down = fields.Duration("down", TimeSpan.Zero) };
}
