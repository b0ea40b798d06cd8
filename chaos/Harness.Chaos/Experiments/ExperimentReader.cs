using System.Globalization;
using Harness.Chaos.Environments;
using Harness.Chaos.Environments.Mesh;
using Harness.Records;

namespace Harness.Chaos.Experiments;

/// <summary>Reads an experiment from YAML and checks all of it: either experiments that can run, or every problem at once.</summary>
/// <param name="vocabulary">The names it may use.</param>
/// <param name="environment">Where it is to run: its edges are the ones that can be broken.</param>
public sealed class ExperimentReader(Vocabulary vocabulary, IEnvironmentKind environment)
{
    /// <summary>What the caller changes.</summary>
    public ExperimentChanges Changes { get; init; } = new();

    /// <summary>The file of an experiment that ships, by its name, for <c>extends</c>; null when there is none.</summary>
    public Func<string, string?> Shipped { get; init; } = _ => null;

    /// <summary>Reads one file.</summary>
    public ExperimentReading ReadFile(string path)
    {
        try
        {
            return Read(File.ReadAllText(path), path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new ExperimentReading([], [new Problem(path, 0, 0, error.Message)]);
        }
    }

    /// <summary>Reads YAML text; <paramref name="file"/> only names it in problems, and is where what it extends is looked for.</summary>
    public ExperimentReading Read(string yaml, string file)
    {
        var problems = new ProblemList(file);
        ExperimentDocument document = ExperimentDocument.Load(yaml, file, problems, Shipped);
        List<Experiment> variants = [];
        if (document.Root is { } root)
        {
            Dictionary<string, string> declared = ReadVariables(new MappingReader(root, "", problems));
            foreach (IReadOnlyDictionary<string, string> variant in new MatrixReader(declared, Changes).Read(new MappingReader(root, "", problems)))
            {
                var values = new Dictionary<string, string>(declared);
                foreach ((string name, string value) in variant.Where(axis => declared.ContainsKey(axis.Key)))
                    values[name] = value;
                variants.Add(Read(new MappingReader(root, "", problems, new Variables(values)), variant) with { Source = document.Source });
            }
        }

        return problems.InOrder.Count == 0 ? new ExperimentReading(variants, []) : new ExperimentReading([], problems.InOrder);
    }

    /// <summary>Asks for everything that an experiment can say.</summary>
    internal void Describe(SchemaNode schema)
    {
        var root = new MappingReader(schema);
        root.Text("extends");
        Dictionary<string, string> declared = ReadVariables(root);
        new MatrixReader(declared, Changes).Read(root);
        Read(root, new Dictionary<string, string>());
    }

    /// <summary>The variables that the file declares, each with the caller's value or its own.</summary>
    private Dictionary<string, string> ReadVariables(MappingReader root)
    {
        var declared = new Dictionary<string, string>();
        if (root.Mapping("variables") is { } fields)
        {
            foreach (string name in fields.Keys)
                declared[name] = fields.RequiredText(name);
        }

        foreach ((string name, string value) in Changes.Set)
        {
            if (!declared.ContainsKey(name))
                root.Report("variables", $"--set {name}: the file declares no such variable; {NearestName.Hint(name, declared.Keys)}");
            declared[name] = value;
        }

        return declared;
    }

    private Experiment Read(MappingReader root, IReadOnlyDictionary<string, string> variant)
    {
        // Read before, for all variants at once.
        root.Mapping("variables");
        root.Mapping("matrix");
        Timeline timeline = ReadTimeline(root);
        List<LoadStream> load = ReadLoad(root);
        IReadOnlyList<Expectation> expect = new ExpectationsReader(vocabulary, timeline, new LoadedScenarios(load, vocabulary)).Read(root);
        Dictionary<string, string> target = ReadTarget(root.Mapping("target"));
        foreach ((string name, string value) in variant.Where(axis => OrderSystemSwitches.All.Contains(axis.Key)))
            target[name] = OrderSystemSwitches.Durations.Contains(name) ? OrderSystemSwitches.Duration(value)! : value;
        Prediction? predicted = new NaiveReader(vocabulary, expect).Read(root, target, variant);
        var experiment = new Experiment
        {
            Name = ReadName(root),
            Hypothesis = root.Text("hypothesis"),
            Target = target,
            Variant = variant,
            Predicted = predicted,
            Load = load,
            Timeline = timeline with { Settle = LongestSettle(timeline, expect) },
            Faults = new FaultsReader(environment, timeline).Read(root),
            Expect = expect,
            StopWhen = new StopConditionsReader(new LoadedScenarios(load, vocabulary)).Read(root),
        };
        foreach (string problem in MeshLimits.Problems(experiment))
            root.Report("faults", problem);
        foreach (string problem in SwitchNeeds.Problems(target, environment))
            root.Report(variant.ContainsKey("coordination") ? "matrix" : "target", problem);
        root.RejectUnknownKeys();
        return experiment;
    }

    private static string ReadName(MappingReader root)
    {
        string name = root.RequiredText("name");
        if (name.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter != '-') || name.Length > 60)
            root.Report("name", $"'{name}' names a folder, so it takes letters, digits and hyphens only, at most 60");
        return name;
    }

    /// <summary>An expectation to settle within a time must be given that time.</summary>
    private static TimeSpan LongestSettle(Timeline timeline, IReadOnlyList<Expectation> expect) =>
        expect.OfType<SettledExpectation>().Select(settled => settled.Within).Append(timeline.Settle).Max();

    private static Timeline ReadTimeline(MappingReader root)
    {
        var defaults = new Timeline();
        if (root.Mapping("timeline") is not { } fields)
            return defaults;
        TimeSpan Duration(string key, TimeSpan missing) => fields.Optional<TimeSpan>(key, Units.TryDuration, Units.DurationForm) ?? missing;
        var timeline = new Timeline
        {
            Warmup = Duration("warmup", defaults.Warmup),
            Baseline = Duration("baseline", defaults.Baseline),
            Fault = Duration("fault", defaults.Fault),
            Recovery = Duration("recovery", defaults.Recovery),
            Settle = Duration("settle", defaults.Settle),
        };
        fields.RejectUnknownKeys();
        if (timeline.LoadDuration == TimeSpan.Zero)
            root.Report("timeline", "every phase is 0s long, so nothing would run");
        return timeline;
    }

    internal static Dictionary<string, string> ReadTarget(MappingReader? fields)
    {
        var switches = new Dictionary<string, string>();
        if (fields is null)
            return switches;
        foreach ((string name, IReadOnlyList<string> words) in OrderSystemSwitches.Words)
        {
            string word = fields.Choice(name, words);
            if (fields.Has(name))
                switches[name] = word;
        }

        foreach (string name in OrderSystemSwitches.Numbers)
        {
            if (fields.Optional<long>(name, TryCount, "a whole number, 0 or more") is { } count)
                switches[name] = count.ToString(CultureInfo.InvariantCulture);
        }

        foreach (string name in OrderSystemSwitches.Durations)
        {
            if (fields.Optional<TimeSpan>(name, Units.TryDuration, Units.DurationForm) is not { } duration)
                continue;
            if (OrderSystemSwitches.Duration(Units.Text(duration)) is { } text)
                switches[name] = text;
            else
                fields.Report(name, $"{Units.Text(duration)} is too short or too long; it takes 1ms to a day");
        }

        fields.RejectUnknownKeys();
        return switches;
    }

    private static bool TryCount(string text, out long count) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count <= int.MaxValue;

    private List<LoadStream> ReadLoad(MappingReader root)
    {
        var load = new List<LoadStream>();
        foreach (MappingReader stream in root.Mappings("load"))
        {
            string scenario = stream.RequiredText("scenario");
            if (scenario.Length > 0 && !vocabulary.Scenarios.Contains(scenario))
                stream.Report("scenario", $"'{scenario}' is not a scenario; {NearestName.Hint(scenario, vocabulary.Scenarios)}");
            else if (load.Exists(other => other.Scenario == scenario))
                stream.Report("scenario", $"'{scenario}' is loaded twice; give it one stream of arrivals");
            if (stream.Mapping("arrivals") is { } arrivals)
                load.Add(ReadArrivals(scenario, arrivals));
            else
                stream.Report("arrivals", $"is missing; it takes {{ rate: 40/s, shape: poisson }}");
            stream.RejectUnknownKeys();
        }

        if (load.Count == 0)
            root.Report("load", "needs at least one entry, such as - { scenario: checkout, arrivals: { rate: 40/s } }");
        return load;
    }

    private static LoadStream ReadArrivals(string scenario, MappingReader arrivals)
    {
        double rate = arrivals.Required<double>("rate", Units.TryRate, Units.RateForm);
        if (rate > LoadStream.MaxRatePerSecond)
            arrivals.Report("rate", $"{rate}/s is more than one machine can offer; at most {LoadStream.MaxRatePerSecond}/s");
        string shape = arrivals.Choice("shape", "constant", "poisson");
        arrivals.RejectUnknownKeys();
        return new LoadStream(scenario, shape == "poisson" ? ArrivalShape.Poisson : ArrivalShape.Constant, rate);
    }
}

/// <summary>What came of reading: the variants of an experiment, one when it has no matrix, or the problems in the order of the file.</summary>
public sealed record ExperimentReading(IReadOnlyList<Experiment> Variants, IReadOnlyList<Problem> Problems)
{
    /// <summary>The first variant; null when there are problems.</summary>
    public Experiment? Experiment => Variants.Count > 0 ? Variants[0] : null;
}
