using System.Globalization;
using Harness.Chaos.Environments;

namespace Harness.Chaos.Faults.Processes;

/// <summary>
/// The processes get only a share of the time, in turns of a tenth of a second: as beside a neighbour that takes the processor, or under a
/// quota of a container.
/// </summary>
public sealed record CpuPressureFault : ProcessFault
{
    /// <summary>The share of the time in which they may run: in (0, 1).</summary>
    public required double Share { get; init; }

    public override string Kind => CpuPressureFaultKind.Word;

    public override IReadOnlyDictionary<string, string> Parameters => new Dictionary<string, string> { ["share"] = Share.ToString(CultureInfo.InvariantCulture) };

    protected override IInjection Prepare(IReadOnlyList<IRunningPart> parts, TimeProvider time) => new Injection(parts, Share, time);

    private sealed class Injection(IReadOnlyList<IRunningPart> parts, double share, TimeProvider time) : IInjection
    {
        /// <summary>The period of the scheduler's own quota.</summary>
        private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

        private readonly Standstill _standstill = new();
        private Func<CancellationToken, Task>? _stop;

        public Task InjectAsync(CancellationToken runToken)
        {
            _stop = Loop.Start(TurnAsync);
            return Task.CompletedTask;
        }

        public async Task<IReadOnlyDictionary<string, double>?> HealAsync(CancellationToken healToken)
        {
            try
            {
                if (_stop is not null)
                    await _stop(healToken);
            }
            finally
            {
                await _standstill.EndAsync();
            }

            return new Dictionary<string, double> { ["times stopped"] = _standstill.Stopped };
        }

        private async Task TurnAsync(CancellationToken token)
        {
            while (true)
            {
                _standstill.Stop([.. parts.SelectMany(part => part.Processes)]);
                await Task.Delay(Period * (1 - share), time, token);
                _standstill.Continue();
                await Task.Delay(Period * share, time, token);
            }
        }
    }
}

internal sealed class CpuPressureFaultKind : IFaultKind
{
    public const string Word = "cpu-pressure";

    public string Name => Word;

    public string Summary => "processes get only a share of the time: parts, share";

    public Fault Read(FaultFields fields)
    {
        double share = fields.Ratio("share");
        if (share == 1)
            fields.Own.Report("share", "of 1 takes nothing away");
        return new CpuPressureFault { Parts = fields.Parts(), Share = share };
    }
}
