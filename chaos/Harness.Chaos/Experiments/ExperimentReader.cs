using System.Globalization;
using Harness.Chaos.Environments;
using Harness.Records;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Harness.Chaos.Experiments;

/// <summary>Reads an experiment from YAML and checks all of it: either an experiment that can run, or every problem at once.</summary>
/// <param name="vocabulary">The names it may use.</param>
/// <param name="environment">Where it is to run: its edges are the ones that can be broken.</param>
public sealed class ExperimentReader(Vocabulary vocabulary, IEnvironmentKind environment)
{
    /// <summary>Reads one file.</summary>
    public ExperimentReading ReadFile(string path)
    {
        try
        {
            return Read(File.ReadAllText(path), path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new ExperimentReading(null, [new Problem(path, 0, 0, error.Message)]);
        }
    }

    /// <summary>Reads YAML text; <paramref name="file"/> only names it in problems.</summary>
    public ExperimentReading Read(string yaml, string file)
    {
        var problems = new ProblemList(file);
        Experiment? experiment = null;
        var parser = new Parser(new StringReader(yaml));
        try
        {
            var stream = new YamlStream();
            stream.Load(parser);
            if (stream.Documents is [{ RootNode: YamlMappingNode root }])
                experiment = Read(new MappingReader(root, "", problems)) with { Source = yaml };
            else
                problems.Add(1, 1, "needs exactly one YAML document of keys and values, beginning with name:");
        }
        catch (YamlException error)
        {
            problems.Add(error.Start.Line, error.Start.Column, $"is not YAML: {error.Message}");
        }
        catch (InvalidOperationException) when (experiment is null)
        {
            // The scanner gives up this way on a list or mapping that is never closed.
            Mark last = parser.Current?.End ?? Mark.Empty;
            problems.Add(last.Line, last.Column, "is not YAML: a list or mapping that begins about here is never closed");
        }

        return problems.InOrder.Count == 0 ? new ExperimentReading(experiment, []) : new ExperimentReading(null, problems.InOrder);
    }

    private Experiment Read(MappingReader root)
    {
        Timeline timeline = ReadTimeline(root);
        List<LoadStream> load = ReadLoad(root);
        IReadOnlyList<Expectation> expect = new ExpectationsReader(vocabulary, timeline, new LoadedScenarios(load, vocabulary)).Read(root);
        var experiment = new Experiment
        {
            Name = ReadName(root),
            Hypothesis = root.Text("hypothesis"),
            Target = ReadTarget(root.Mapping("target")),
            Load = load,
            Timeline = timeline with { Settle = LongestSettle(timeline, expect) },
            Faults = new FaultsReader(environment, timeline).Read(root),
            Expect = expect,
            StopWhen = ReadStopConditions(root, new LoadedScenarios(load, vocabulary)),
        };
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

    private static Dictionary<string, string> ReadTarget(MappingReader? fields)
    {
        var switches = new Dictionary<string, string>();
        if (fields is null)
            return switches;
        foreach ((string name, IReadOnlyList<string> words) in OrderSystemSwitches.Words)
        {
            string word = fields.Choice(name, words);
            if (fields.Keys.Contains(name))
                switches[name] = word;
        }

        foreach (string name in OrderSystemSwitches.Numbers)
        {
            if (fields.Optional<long>(name, TryCount, "a whole number, 0 or more") is { } count)
                switches[name] = count.ToString(CultureInfo.InvariantCulture);
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

    private static List<StopCondition> ReadStopConditions(MappingReader root, LoadedScenarios load)
    {
        var conditions = new List<StopCondition>();
        foreach (MappingReader entry in root.Mappings("stop-when"))
        {
            if (entry.Mapping("availability") is { } fields)
            {
                string scenario = load.Read(fields);
                double below = fields.Required<double>("below", Units.TryRatio, Units.RatioForm);
                TimeSpan over = fields.Required<TimeSpan>("over", Units.TryDuration, Units.DurationForm);
                if (over.Ticks % TimeSpan.TicksPerSecond != 0 || over == TimeSpan.Zero)
                    fields.Report("over", $"{Units.Text(over)} must be whole seconds, at least one");
                conditions.Add(new StopCondition(scenario, below, over));
                fields.RejectUnknownKeys();
            }

            entry.RejectUnknownKeys();
        }

        return conditions;
    }
}

/// <summary>What came of reading: an experiment, or the problems in the order of the file.</summary>
public sealed record ExperimentReading(Experiment? Experiment, IReadOnlyList<Problem> Problems);
