using System.Globalization;
using Harness.Chaos.Experiments;
using Harness.Records;
using Harness.Reports.Gates;
using Harness.Scenarios;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Harness.Cli.Gating;

/// <summary>Reads a gate file: either a gate, or every problem at once, each with its place and the value that was seen.</summary>
internal static class GateReader
{
    private static readonly string[] Scenarios = [.. OrderScenarios.All.Select(scenario => scenario.Name)];
    private static readonly string[] PairedMetrics = ["latency.p50", "latency.p95", "latency.mean", "cpuPerRequest", "availability"];

    public static (GateFile? Gate, IReadOnlyList<Problem> Problems) Read(string file)
    {
        try
        {
            return Parse(File.ReadAllText(file), file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, [new Problem(file, 0, 0, e.Message)]);
        }
    }

    public static (GateFile? Gate, IReadOnlyList<Problem> Problems) Parse(string yaml, string file)
    {
        var problems = new List<Problem>();
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException e)
        {
            return (null, [new Problem(file, e.Start.Line, e.Start.Column, $"is no YAML: {e.Message}")]);
        }

        if (stream.Documents is not [{ RootNode: YamlMappingNode root }])
            return (null, [new Problem(file, 1, 1, "needs one document of keys and values, such as 'gate: orders'")]);
        GateFile gate = Gate(new GateFields(root, "", file, problems), file);
        return problems.Count == 0 ? (gate, []) : (null, [.. problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)]);
    }

    private static GateFile Gate(GateFields root, string file)
    {
        if (root.Count("version", 1) != 1)
            root.Add("version", "this build reads version 1");
        var gate = new GateFile
        {
            Name = root.Text("gate", required: true) ?? "",
            File = file,
            Baseline = root.Text("baseline") is { } baseline ? Path.Combine(Path.GetDirectoryName(file) ?? "", baseline) : null,
            Alpha = root.Ratio("alpha", 0.01, above: 0, below: 0.5),
            Design = Design(root.Mapping("design")),
            Control = Side(root.Mapping("control")),
            Candidate = Side(root.Mapping("candidate")),
            Exact = [.. root.Mappings("exact").Select(Exact)],
            Absolute = [.. root.Mappings("absolute").Select(Absolute)],
            Relative = [.. root.Mappings("relative").Select(Relative)],
        };
        if (gate.Exact.Count + gate.Absolute.Count + gate.Relative.Count == 0)
            root.Add("exact", "there are no rules: give exact, absolute or relative ones");
        bool stored = gate.Exact.Any(rule => new[] { rule.Max, rule.Min, rule.Equal }.Any(limit => limit is { Value: null }))
            || gate.Absolute.Any(rule => rule.Limit.Value is null);
        if (stored && gate.Baseline is null)
            root.Add("baseline", "is missing: a rule compares with the baseline, so say which file it is in");
        root.RejectUnknownKeys();
        return gate;
    }

    private static PairedDesign Design(GateFields? fields)
    {
        var usual = new PairedDesign();
        if (fields is null)
            return usual;
        var design = new PairedDesign
        {
            Rounds = fields.Count("rounds", usual.Rounds, least: 8),
            MaxRounds = fields.Count("maxRounds", usual.MaxRounds, least: 8),
            Block = fields.Duration("block", usual.Block),
            Warmup = fields.Duration("warmup", usual.Warmup),
            Scenario = fields.OneOf("scenario", "browse", "checkout"),
            RatePerSecond = fields.Value<double>("rate", usual.RatePerSecond, Units.RateForm, text => Units.TryRate(text, out double rate) ? rate : null),
            Seed = fields.Has("seed") ? fields.Count("seed", 1) : null,
            Confirm = fields.Count("confirm", usual.Confirm, least: 0),
            AaIqrAboveRatio = fields.Ratio("aaIqrAbove", usual.AaIqrAboveRatio, above: 0),
            LateSendsAboveRatio = fields.Ratio("lateSendsAbove", usual.LateSendsAboveRatio, above: 0, below: 1),
        };
        if (design.MaxRounds % design.Rounds != 0)
            fields.Add("maxRounds", $"{design.MaxRounds} is not a multiple of rounds, {design.Rounds}");
        fields.RejectUnknownKeys();
        return design;
    }

    private static Arm Side(GateFields? fields)
    {
        if (fields is null)
            return new Arm();
        string? target = fields.Text("target");
        if (target is not null && !File.Exists(target))
            fields.Add("target", $"'{target}' does not exist; name the order system's built .dll");
        string? revision = fields.Text("build"), commit = null;
        if (revision is not null && (commit = new TargetBuild(".").Resolve(revision)) is null)
            fields.Add("build", $"'{revision}' is no revision of the repository that {Directory.GetCurrentDirectory()} is in; it takes a branch, a tag or a commit");
        if (revision is not null && target is not null)
            fields.Add("build", "and target both say which build it is; give one");
        var arm = new Arm { Build = commit, Target = target is null ? null : Path.GetFullPath(target), Set = fields.Mapping("set")?.Pairs() ?? [] };
        fields.RejectUnknownKeys();
        return arm;
    }

    private static ExactRule Exact(GateFields fields)
    {
        var rule = new ExactRule
        {
            Metric = fields.Text("metric", required: true) ?? "",
            Max = Number(fields, "max"),
            Min = Number(fields, "min"),
            Equal = Number(fields, "equals"),
            Per = fields.Text("per"),
            WithinRatio = fields.Ratio("within", 0, below: 1.000001),
            Text = fields.Written,
            Line = fields.Line,
        };
        if (rule is { Max: null, Min: null, Equal: null })
            fields.Add("max", "is missing: give max, min or equals");
        fields.RejectUnknownKeys();
        return rule;
    }

    private static Limit? Number(GateFields fields, string key) => !fields.Has(key) ? null
        : fields.Text(key) == "baseline" ? new Limit(null)
        : new Limit(fields.Value<double>(key, 0, "a number, or 'baseline'", text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double read) && double.IsFinite(read) ? read : null));

    private static AbsoluteRule Absolute(GateFields fields)
    {
        (bool known, decimal? quantile) = Quantile(fields);
        string key = quantile is null ? "min" : "max";
        // Which limit an unknown metric needs, nobody can say.
        if (!known)
            _ = fields.Has("min") | fields.Has("max");
        else if (!fields.Has(key))
            fields.Add(key, "is missing");
        Limit limit = !known ? new Limit(0)
            : fields.Text(key) == "baseline" ? new Limit(null)
            : quantile is null ? new Limit(fields.Ratio(key, 0, below: 1.000001))
            : new Limit(fields.Duration(key, TimeSpan.FromHours(1)).TotalMicroseconds);
        var rule = new AbsoluteRule
        {
            Metric = fields.Text("metric") ?? "",
            Quantile = quantile,
            Limit = limit,
            Scenario = fields.Text("scenario", required: true) ?? "",
            Step = fields.Text("step"),
            Phase = Enum.Parse<Phase>(fields.OneOf("phase", "baseline", "fault", "recovery", "warmup", "settle"), ignoreCase: true),
            Confidence = fields.Ratio("confidence", 0.99, above: 0.5, below: 1),
            WithinRatio = fields.Ratio("within", 0, below: 10),
            Text = fields.Written,
            Line = fields.Line,
        };
        if (rule.Scenario.Length > 0 && !Scenarios.Contains(rule.Scenario))
            fields.Add("scenario", $"'{rule.Scenario}' is not known; {NearestName.Hint(rule.Scenario, Scenarios)}");
        fields.RejectUnknownKeys();
        return rule;
    }

    private static (bool Known, decimal? Quantile) Quantile(GateFields fields)
    {
        string? metric = fields.Text("metric", required: true);
        if (metric is null or "availability")
            return (metric is not null, null);
        if (metric.StartsWith("latency.p", StringComparison.Ordinal)
            && decimal.TryParse(metric["latency.p".Length..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal percent)
            && percent is > 0 and < 100)
            return (true, percent / 100);
        fields.Add("metric", $"'{metric}' is not known; {NearestName.Hint(metric, ["availability", "latency.p50", "latency.p99", "latency.p99.9"])}");
        return (false, null);
    }

    private static RelativeRule Relative(GateFields fields)
    {
        string metric = fields.OneOf("metric", PairedMetrics);
        if (!fields.Has("metric"))
            fields.Add("metric", "is missing");
        var rule = new RelativeRule
        {
            Metric = metric,
            HigherIsBetter = fields.OneOf("direction", metric == "availability" ? ["higher", "lower"] : ["lower", "higher"]) == "higher",
            FailAboveRatio = fields.Ratio("failAbove", 0.025, above: 0),
            PassBelowRatio = fields.Ratio("passBelow", 0.1, above: 0),
            Text = fields.Written,
            Line = fields.Line,
        };
        if (rule.PassBelowRatio <= rule.FailAboveRatio)
            fields.Add("passBelow", $"{rule.PassBelowRatio} must be above failAbove, {rule.FailAboveRatio}");
        fields.RejectUnknownKeys();
        return rule;
    }
}
