using Harness.Checks.Pacelc;
using Harness.Chaos.Control;
using Harness.Cli.Benching;
using Harness.Cli.Commands;
using Harness.Cli.Control;
using Harness.Cli.Hunting;
using Harness.Cli.Loading;
using Harness.Cli.Running;
using Harness.Cli.Up;
using Harness.Records;
using Harness.Reports.Comparing;
using Harness.Reports.Gates;

namespace Harness.Cli.Schemas;

/// <summary>The shape of what <c>--json</c> prints.</summary>
/// <param name="Name">As <c>harness list --schema NAME</c> takes it.</param>
/// <param name="PrintedBy">The commands, and the files that hold the same.</param>
/// <param name="Shape">What is written, with the options of <see cref="RecordJson"/>.</param>
/// <param name="Version">Changes when a name goes or a meaning changes. A name may come at any time: readers pass over what they do not know.</param>
internal sealed record JsonOutput(string Name, string PrintedBy, Type Shape, int Version = 1)
{
    /// <summary>Every shape, in the order of the commands in <c>--help</c>.</summary>
    public static IReadOnlyList<JsonOutput> All { get; } =
    [
        new("run", "run, demo", typeof(RunsView)),
        new("up", "up", typeof(UpView)),
        new("status", "status", typeof(StatusView)),
        new("fault", "inject, heal ID", typeof(HeldFault)),
        new("faults", "heal --all", typeof(IReadOnlyList<HeldFault>)),
        new("leftovers", "heal --leftovers", typeof(LeftoversView)),
        new("load", "load", typeof(LoadView)),
        new("report", "report", typeof(ReportsView)),
        new("compare", "report --compare; compare.json", typeof(Comparison)),
        new("gate", "gate; gate.json", typeof(GateOutcome)),
        new("pacelc", "pacelc; pacelc.json", typeof(Scorecard)),
        new("check", "check", typeof(CheckView)),
        new("hunt", "hunt; hunt.json", typeof(HuntView)),
        new("bugs", "hunt --list", typeof(BugsView)),
        new("list", "list", typeof(ListView)),
        new("doctor", "doctor", typeof(DoctorView)),
        new("bench-toxiproxy", "bench toxiproxy", typeof(ToxiproxyBenchView)),
        new("bench-checks", "bench checks", typeof(CheckerBenchView)),
        new("bench-load", "bench load", typeof(LoadBenchView)),
        new("bench-target", "bench target", typeof(TargetBenchView)),
        new("bench-heal", "bench heal", typeof(HealBenchView)),
        new("bench-gate", "bench gate", typeof(GateBenchView)),
        new("verdict", "verdict.json of a run record", typeof(RunVerdict)),
    ];

    public static JsonOutput? Find(string name) => All.FirstOrDefault(one => one.Name == name);
}
