using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;
using Harness.Chaos.Pacelc;
using Harness.Cli.Running;

namespace Harness.Cli.Pacelc;

/// <summary>Checks everything before anything is started: a plan that can run, or every problem at once.</summary>
internal static class PacelcReader
{
    private const int RoundsMost = 100;

    public static (PacelcPlan? Plan, IReadOnlyList<Problem> Problems) Read(PacelcSettings settings)
    {
        var problems = new List<Problem>();
        void Report(string place, string problem) => problems.Add(new Problem(place, 0, 0, problem));
        Preflight.CheckRunsFolder(settings.Out, problems);
        IEnvironmentKind? environment = Preflight.CheckEnvironment(settings.Environment, new EnvironmentSettings(), problems);
        if (settings.Rounds is < 1 or > RoundsMost)
            Report("--rounds", $"{settings.Rounds} is no number of rounds from 1 to {RoundsMost}");
        TradeoffMode[] modes = [.. ModesOf(settings, Report)];
        NamedCut? cut = NamedCut.All.FirstOrDefault(known => known.Name == settings.Cut);
        if (cut is null)
            Report("--cut", $"'{settings.Cut}' is not a cut; {NearestName.Hint(settings.Cut, NamedCut.All.Select(known => known.Name))}");
        TimeSpan Duration(string option, string text)
        {
            if (Units.TryDuration(text, out TimeSpan duration) && duration >= TimeSpan.FromSeconds(1) && duration <= TimeSpan.FromMinutes(10))
                return duration;
            Report(option, $"'{text}' is no time from 1s to 10m, such as 15s");
            return TimeSpan.Zero;
        }

        TimeSpan normal = Duration("--normal", settings.Normal), partition = Duration("--partition", settings.Partition), healing = Duration("--heal", settings.Healing);
        return problems.Count > 0
            ? (null, problems)
            : (new PacelcPlan(environment!, modes, new TradeoffPlan { Cut = cut!, Normal = normal, Partition = partition, Healing = healing }), problems);
    }

    private static IEnumerable<TradeoffMode> ModesOf(PacelcSettings settings, Action<string, string> report)
    {
        var switches = new Dictionary<string, Dictionary<string, string>>();
        var modes = new List<TradeoffMode>();
        foreach (string name in settings.Modes.Split(',', StringSplitOptions.TrimEntries))
        {
            if (TradeoffMode.All.FirstOrDefault(known => known.Name == name) is not { } mode)
                report("--modes", $"'{name}' is not a mode; {NearestName.Hint(name, TradeoffMode.All.Select(known => known.Name))}");
            else if (!switches.TryAdd(name, new Dictionary<string, string>(mode.Switches)))
                report("--modes", $"'{name}' is named twice");
            else
                modes.Add(mode);
        }

        foreach (string set in settings.Set)
            Change(set, switches, report);
        return modes.Select(mode => mode with { Switches = switches[mode.Name] });
    }

    private static void Change(string set, Dictionary<string, Dictionary<string, string>> switches, Action<string, string> report)
    {
        if (set.Split('=', 2) is not [var place, var word] || place.Split('.', 2) is not [var mode, var name])
        {
            report("--set", $"'{set}' is no MODE.SWITCH=WORD, such as weak.cache-writes=back");
            return;
        }

        if (!switches.TryGetValue(mode, out Dictionary<string, string>? own))
            report("--set", $"'{mode}' is not one of the modes that are run; {NearestName.Hint(mode, switches.Keys)}");
        if (!OrderSystemSwitches.Words.TryGetValue(name, out IReadOnlyList<string>? words))
            report("--set", $"'{name}' is not a switch; {NearestName.Hint(name, OrderSystemSwitches.Words.Keys)}");
        else if (!words.Contains(word))
            report("--set", $"'{word}' is no word for {name}; {NearestName.Hint(word, words)}");
        else if (own is not null)
            own[name] = word;
    }
}

/// <summary>What can be run.</summary>
/// <param name="Environment">Where.</param>
/// <param name="Modes">At least one; the first is what the others are held against.</param>
/// <param name="Timing">The cut and how long each phase lasts.</param>
internal sealed record PacelcPlan(IEnvironmentKind Environment, IReadOnlyList<TradeoffMode> Modes, TradeoffPlan Timing);
