using System.Globalization;
using System.Text.Json.Nodes;
using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;

namespace Harness.Chaos.Faults.Services;

/// <summary>
/// Two administrators change the same setting of a running service, each to what he thinks right, in turns; the last always has it his way. When
/// it is healed both changes are taken back, and it is looked at whether the setting is what it was before.
/// </summary>
public sealed record AdministratorsFault : Fault
{
    /// <summary>What they change.</summary>
    public required string Setting { get; init; }

    /// <summary>What each of them wants; times in milliseconds.</summary>
    public required IReadOnlyList<int> Values { get; init; }

    /// <summary>How long after one change the other one comes.</summary>
    /// <value>Default 500 ms; at most a second, because a change that nobody repeats is forgotten after three.</value>
    public TimeSpan Every { get; init; } = TimeSpan.FromMilliseconds(500);

    public override string Kind => AdministratorsFaultKind.Word;

    public override IReadOnlyDictionary<string, string> Parameters => new Dictionary<string, string>
    {
        ["setting"] = Setting, ["values"] = string.Join(" and ", Values.Select(value => value.ToString(CultureInfo.InvariantCulture))), ["every"] = Units.Text(Every),
    };

    public override string? Holds => "settings";

    public override IInjection Prepare(IRunningEnvironment environment, TimeProvider time) => new Injection(this, environment.Open(Parts[0]), time);

    private sealed class Injection(AdministratorsFault fault, ServiceChaos service, TimeProvider time) : IInjection
    {
        private readonly EvidenceOfLives[] _seen = [new(), new()];
        private Func<CancellationToken, Task>? _stop;
        private string? _before;

        public async Task InjectAsync(CancellationToken runToken)
        {
            _before = await SettingAsync(runToken);
            await ChangeAsync(0, runToken);
            _stop = Loop.Start(TakeTurnsAsync);
        }

        public async Task<IReadOnlyDictionary<string, double>?> HealAsync(CancellationToken healToken)
        {
            if (_stop is not null)
                await _stop(healToken);
            string? after;
            try
            {
                for (int who = 0; who < 2; who++)
                    _seen[who].Note(await service.TakeAwayAsync(NameOf(who), healToken) ?? new Dictionary<string, double>());
                after = await SettingAsync(healToken);
            }
            catch (ServiceChaosException) when (!healToken.IsCancellationRequested)
            {
                // It is down, and comes back as it was started; or it forgets both by itself.
                await Task.Delay(ServiceFields.Lease, time, healToken);
                after = _before;
            }

            service.Dispose();
            if (after != _before)
                throw new HealingException(fault.Name, [new ServiceChaosException($"{fault.Setting} of {fault.Parts[0]} was {_before} and is {after}")]);
            return new Dictionary<string, double>
            {
                ["changes made"] = Sum("changes made"),
                ["changes overwritten"] = Sum("changes overwritten"),
            };
        }

        private string NameOf(int who) => $"{fault.Name}-{(who == 0 ? "first" : "second")}";

        private double Sum(string what) => _seen.Sum(one => one.Total.GetValueOrDefault(what));

        private async Task TakeTurnsAsync(CancellationToken token)
        {
            for (int who = 1; ; who = 1 - who)
            {
                await Task.Delay(fault.Every, time, token);
                try
                {
                    await ChangeAsync(who, token);
                }
                catch (ServiceChaosException)
                {
                    continue; // It is down at the moment; administrators try again.
                }
            }
        }

        private async Task ChangeAsync(int who, CancellationToken token) => _seen[who].Note(await service.HoldAsync(
            NameOf(who), new JsonObject { ["kind"] = "setting", ["setting"] = fault.Setting, ["value"] = fault.Values[who] }, token));

        private async Task<string?> SettingAsync(CancellationToken token) => (await service.SettingsAsync(token))?.GetValueOrDefault(fault.Setting);
    }
}

internal sealed class AdministratorsFaultKind : IFaultKind
{
    public const string Word = "administrators";

    /// <summary>What can be changed, and the services that have it.</summary>
    private static readonly Dictionary<string, string[]> Settings = new()
    {
        ["requests-max"] = [.. OrderSystemRun.ServiceNames],
        ["cache-ttl"] = ["inventory"],
    };

    public string Name => Word;

    public string Summary => "two administrators change one setting in turns: services (one), setting (requests-max, cache-ttl), values (two), every";

    public Fault Read(FaultFields fields)
    {
        IReadOnlyList<string> services = fields.Services();
        string setting = fields.Own.Choice("setting", [.. Settings.Keys]);
        if (services.Count > 1)
            fields.Own.Report("services", "takes one service: both administrators are at it");
        else if (services.Count == 1 && !Settings[setting].Contains(services[0]) && OrderSystemRun.ServiceNames.Contains(services[0]))
            fields.Own.Report("setting", $"{services[0]} has no {setting}; {string.Join(", ", Settings[setting])} has it");
        TimeSpan every = fields.Duration("every", TimeSpan.FromMilliseconds(500));
        if (every < TimeSpan.FromMilliseconds(10) || every > TimeSpan.FromSeconds(1))
            fields.Own.Report("every", $"{Units.Text(every)} is not between 10ms and 1s");
        return new AdministratorsFault { Parts = services, Setting = setting, Values = Values(fields, setting), Every = every };
    }

    private static List<int> Values(FaultFields fields, string setting)
    {
        IReadOnlyList<string> written = fields.Own.Texts("values");
        var values = new List<int>();
        foreach (string text in written)
        {
            if (setting == "cache-ttl" && Units.TryDuration(text, out TimeSpan time) && time >= TimeSpan.FromMilliseconds(1) && time <= TimeSpan.FromDays(1))
                values.Add((int)time.TotalMilliseconds);
            else if (setting != "cache-ttl" && Units.TryCount(text, out long count) && count <= 100_000)
                values.Add((int)count);
            else
                fields.Own.Report("values", $"'{text}' is not {(setting == "cache-ttl" ? $"{Units.DurationForm}, up to a day" : $"{Units.CountForm}, up to 100000")}");
        }

        if (written.Count != 2 || (values.Count == 2 && values[0] == values[1]))
            fields.Own.Report("values", "takes two values that contradict each other");
        return values.Count == 2 ? values : [1, 2];
    }
}
