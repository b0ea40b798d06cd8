using System.Globalization;
using Harness.Chaos.Experiments;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Harness.Chaos.Loading;

/// <summary>Reads a load from a file, YAML or JSON (which YAML contains); whatever is wrong is gathered with its line.</summary>
public static class LoadDraftReader
{
    /// <summary>Reads the file; the draft holds what could be read.</summary>
    public static (LoadDraft Draft, IReadOnlyList<Problem> Problems) ReadFile(string path)
    {
        var problems = new ProblemList(path);
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(File.ReadAllText(path)));
            if (stream.Documents is [{ RootNode: YamlMappingNode root }])
                return (Read(new MappingReader(root, "", problems)), problems.InOrder);
            problems.Add(1, 1, "needs keys and values, such as rate: 200/s");
        }
        catch (YamlException error)
        {
            problems.Add(error.Start.Line, error.Start.Column, $"is neither YAML nor JSON: {error.Message}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problems.Add(0, 0, $"cannot be read: {error.Message}");
        }

        return (new LoadDraft(), problems.InOrder);
    }

    private static LoadDraft Read(MappingReader root)
    {
        var draft = new LoadDraft
        {
            Name = root.Text("name"),
            RatePerSecond = root.Optional<double>("rate", Units.TryRate, Units.RateForm),
            Users = root.Optional<int>("users", TryCount, CountForm),
            For = root.Optional<TimeSpan>("for", Units.TryDuration, Units.DurationForm),
            Shape = root.Text("shape") is null ? null : root.Choice("shape", LoadShapes.Names),
            ToPerSecond = root.Optional<double>("to", Units.TryRate, Units.RateForm),
            Replay = root.Text("replay"),
            WarmUp = root.Optional<TimeSpan>("warm-up", Units.TryDuration, Units.DurationForm),
            Think = root.Optional<TimeSpan>("think", Units.TryDuration, Units.DurationForm),
            Mix = ReadMix(root),
            Url = root.Text("url"),
            Method = root.Text("method"),
            Headers = ReadPairs(root, "headers") is { } headers ? [.. headers.Select(pair => $"{pair.Key}: {pair.Value}")] : null,
            Body = root.Text("body"),
            Timeout = root.Optional<TimeSpan>("timeout", Units.TryDuration, Units.DurationForm),
            Library = root.Text("library"),
            Seed = root.Optional<int>("seed", TryNumber, "a whole number"),
            MaxOpen = root.Optional<int>("max-open", TryCount, CountForm),
            Settings = ReadPairs(root, "settings"),
            AllowRemote = root.Optional<bool>("allow-remote", bool.TryParse, "true or false"),
        };
        draft = ReadTarget(root, draft) with { Thresholds = ReadThresholds(root) };
        root.RejectUnknownKeys();
        return draft;
    }

    /// <summary>How a count is written, for error messages.</summary>
    public const string CountForm = "a whole number, 1 or more";

    /// <summary>Reads a whole number of 1 or more.</summary>
    public static bool TryCount(string text, out int count) => TryNumber(text, out count) && count > 0;

    /// <summary>Reads a whole number.</summary>
    public static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    private static LoadDraft ReadTarget(MappingReader root, LoadDraft draft)
    {
        if (root.Mapping("target") is not { } target)
            return draft;
        draft = draft with { Orders = target.Text("orders"), Payments = target.Text("payments"), Inventory = target.Text("inventory") };
        target.RejectUnknownKeys();
        return draft;
    }

    private static List<MixPart>? ReadMix(MappingReader root)
    {
        IReadOnlyList<string> named = root.Texts("scenario");
        if (root.Mapping("mix") is { } mix)
            return [.. mix.Keys.ToArray().Select(scenario => new MixPart(scenario, mix.Required<int>(scenario, TryCount, $"a weight: {CountForm}")))];
        return named.Count > 0 ? [.. named.Select(scenario => new MixPart(scenario, 1))] : null;
    }

    private static Dictionary<string, string>? ReadPairs(MappingReader root, string key) => root.Mapping(key) is { } pairs
        ? pairs.Keys.ToArray().ToDictionary(name => name, name => pairs.Text(name) ?? "")
        : null;

    private static List<DraftThreshold>? ReadThresholds(MappingReader root)
    {
        if (root.Entries("thresholds") is not { } entries)
            return null;
        var thresholds = new List<DraftThreshold>();
        foreach ((string? text, MappingReader? fields) in entries)
        {
            if (text is not null)
            {
                thresholds.Add(new DraftThreshold(text));
                continue;
            }

            thresholds.Add(new DraftThreshold(
                fields!.RequiredText("check"),
                fields.Text("scenario"),
                fields.Text("step"),
                fields.Optional<int>("abort-after", TryCount, CountForm),
                fields.Optional<TimeSpan>("start-after", Units.TryDuration, Units.DurationForm) ?? TimeSpan.Zero));
            fields.RejectUnknownKeys();
        }

        return thresholds;
    }
}
