using System.CommandLine;
using System.Globalization;
using Harness.Chaos.Experiments;
using Harness.Chaos.Loading;

namespace Harness.Cli.Loading;

/// <summary>The options of <c>harness load</c>, each taken as text, so that everything wrong with them is said at once and in one form.</summary>
internal sealed class LoadArguments
{
    private const string LibraryExtension = ".dll";

    private readonly Argument<string?> _what = new("WHAT")
    {
        Description = "A scenario of the order system ('harness list'), or a class library with scenarios (my.dll).",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _rate = Text("--rate", "Arrivals, whether or not earlier ones have ended: 200/s, 0.5/s, 600/m.", "RATE");
    private readonly Option<string?> _users = Text("--users", "Virtual users instead, each beginning anew when it has ended.", "N");
    private readonly Option<string?> _replay = Text("--replay", "Recorded arrivals instead: a file with a moment in seconds on each line.", "FILE");
    private readonly Option<string?> _for = Text("--for", "How long; default 10s.", "TIME");
    private readonly Option<string?> _shape = Text("--shape", $"How arrivals lie: {string.Join(", ", LoadShapes.Names)}.", "SHAPE");
    private readonly Option<string?> _to = Text("--to", "Where a ramp or steps end, the peak of a spike or sine.", "RATE");
    private readonly Option<string?> _warmUp = Text("--warm-up", "Load before that is not measured.", "TIME");
    private readonly Option<string?> _think = Text("--think", "How long a virtual user waits between two iterations.", "TIME");
    private readonly Option<string[]> _scenario = Texts("--scenario", "A scenario of the class library; may be given again.", "NAME");
    private readonly Option<string?> _mix = Text("--mix", "Scenarios and their weights.", "NAME=WEIGHT,…");
    private readonly Option<string?> _url = Text("--url", "A single address to ask instead of a scenario.", "URL");
    private readonly Option<string?> _method = Text("--method", "Default GET, with a body POST.", "METHOD");
    private readonly Option<string[]> _header = Texts("--header", "Sent with each request; may be given again.", "'NAME: VALUE'");
    private readonly Option<string?> _body = Text("--body", "Sent with each request; @FILE for a file's content.", "TEXT");
    private readonly Option<string?> _timeout = Text("--timeout", "For one request of --url; default 100s.", "TIME");
    private readonly Option<string?> _orders = Text("--orders", "A running order system; without it one is started for the load.", "URL");
    private readonly Option<string?> _payments = Text("--payments", "As --orders.", "URL");
    private readonly Option<string?> _inventory = Text("--inventory", "As --orders.", "URL");
    private readonly Option<string[]> _threshold = Texts(
        "--threshold", "What must hold: 'p99 < 80ms', 'errors < 1%', 'rps >= 190'; 'checkout/place: p95 < 50ms' for a step; may be given again.", "CHECK");

    private readonly Option<string?> _abortAfter = Text("--abort-after", "End the load when a --threshold did not hold in this many seconds.", "N");
    private readonly Option<string?> _maxOpen = Text("--max-open", "Iterations of a scenario that may be open at once, beyond which arrivals are dropped and counted; default 10000.", "N");
    private readonly Option<string[]> _setting = Texts("--setting", "What scenarios of a class library read as CustomSettings; may be given again.", "KEY=VALUE");
    private readonly Option<string?> _config = Text("--config", "All of this in a file, YAML or JSON; what is also said here wins.", "FILE");
    private readonly Option<string?> _seed = Text("--seed", "Fixes arrivals and what they ask for; drawn and printed when not given.", "N");
    private readonly Option<bool> _allowRemote = new("--allow-remote") { Description = "Let the load go to machines other than this one." };
    private readonly Option<string> _out = new("--out")
    {
        Description = "The folder that run records go into.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => Running.RunOptions.DefaultRunsFolder,
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print the result as JSON (format version 1) on standard output, progress on standard error." };

    public void AddTo(Command command)
    {
        command.Add(_what);
        Option[] options =
        [
            _rate, _users, _replay, _for, _shape, _to, _warmUp, _think, _scenario, _mix, _url, _method, _header, _body, _timeout, _orders, _payments, _inventory,
            _threshold, _abortAfter, _maxOpen, _setting, _config, _seed, _allowRemote, _out, _json,
        ];
        foreach (Option option in options)
            command.Add(option);
    }

    public string? Config(ParseResult parsed) => parsed.GetValue(_config);

    public string Out(ParseResult parsed) => parsed.GetValue(_out)!;

    public bool Json(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>What was said on the command line; what cannot be read is left out and said.</summary>
    public LoadDraft Read(ParseResult parsed, ICollection<Problem> problems)
    {
        var reader = new TextReader(parsed, problems);
        string? what = parsed.GetValue(_what);
        bool isLibrary = what?.EndsWith(LibraryExtension, StringComparison.OrdinalIgnoreCase) == true;
        return new LoadDraft
        {
            RatePerSecond = reader.Value<double>(_rate, Units.TryRate, Units.RateForm),
            Users = reader.Value<int>(_users, LoadDraftReader.TryCount, LoadDraftReader.CountForm),
            Replay = parsed.GetValue(_replay),
            For = reader.Value<TimeSpan>(_for, Units.TryDuration, Units.DurationForm),
            Shape = reader.Choice(_shape, LoadShapes.Names),
            ToPerSecond = reader.Value<double>(_to, Units.TryRate, Units.RateForm),
            WarmUp = reader.Value<TimeSpan>(_warmUp, Units.TryDuration, Units.DurationForm),
            Think = reader.Value<TimeSpan>(_think, Units.TryDuration, Units.DurationForm),
            Mix = ReadMix(parsed, isLibrary ? null : what, problems),
            Url = parsed.GetValue(_url),
            Method = parsed.GetValue(_method),
            Headers = parsed.GetValue(_header) is { Length: > 0 } headers ? headers : null,
            Body = parsed.GetValue(_body),
            Timeout = reader.Value<TimeSpan>(_timeout, Units.TryDuration, Units.DurationForm),
            Library = isLibrary ? what : null,
            Orders = parsed.GetValue(_orders),
            Payments = parsed.GetValue(_payments),
            Inventory = parsed.GetValue(_inventory),
            Seed = reader.Value<int>(_seed, LoadDraftReader.TryNumber, "a whole number"),
            MaxOpen = reader.Value<int>(_maxOpen, LoadDraftReader.TryCount, LoadDraftReader.CountForm),
            Thresholds = ReadThresholds(parsed, reader.Value<int>(_abortAfter, LoadDraftReader.TryCount, LoadDraftReader.CountForm)),
            Settings = ReadSettings(parsed, problems),
            AllowRemote = parsed.GetValue(_allowRemote) ? true : null,
        };
    }

    private List<MixPart>? ReadMix(ParseResult parsed, string? what, ICollection<Problem> problems)
    {
        var parts = new List<MixPart>();
        foreach (string name in new[] { what }.OfType<string>().Concat(parsed.GetValue(_scenario) ?? []))
            parts.Add(new MixPart(name, 1));
        foreach (string part in parsed.GetValue(_mix)?.Split(',', StringSplitOptions.TrimEntries) ?? [])
        {
            if (part.Split('=', 2) is [{ Length: > 0 } name, var weight] && LoadDraftReader.TryCount(weight, out int count))
                parts.Add(new MixPart(name.Trim(), count));
            else
                problems.Add(new Problem("--mix", 0, 0, $"'{part}' is not a scenario and its weight, such as browse=5"));
        }

        return parts.Count > 0 ? parts : null;
    }

    /// <summary><c>checkout/place: p95 &lt; 50ms</c>, <c>checkout: …</c> or the check alone.</summary>
    private List<DraftThreshold>? ReadThresholds(ParseResult parsed, int? abortAfter)
    {
        string[] written = parsed.GetValue(_threshold) ?? [];
        return written.Length == 0 ? null : [.. written.Select(text => text.Split(':', 2) switch
        {
            [var whose, var check] when whose.Split('/', 2) is [var scenario, var step] => new DraftThreshold(check.Trim(), scenario.Trim(), step.Trim(), abortAfter),
            [var scenario, var check] => new DraftThreshold(check.Trim(), scenario.Trim(), AbortAfter: abortAfter),
            _ => new DraftThreshold(text.Trim(), AbortAfter: abortAfter),
        })];
    }

    private Dictionary<string, string>? ReadSettings(ParseResult parsed, ICollection<Problem> problems)
    {
        string[] written = parsed.GetValue(_setting) ?? [];
        if (written.Length == 0)
            return null;
        var settings = new Dictionary<string, string>();
        foreach (string setting in written)
        {
            if (setting.Split('=', 2) is [{ Length: > 0 } key, var value])
                settings[key] = value;
            else
                problems.Add(new Problem("--setting", 0, 0, $"'{setting}' is not KEY=VALUE"));
        }

        return settings;
    }

    private static Option<string?> Text(string name, string description, string helpName) => new(name) { Description = description, HelpName = helpName };

    private static Option<string[]> Texts(string name, string description, string helpName) => new(name) { Description = description, HelpName = helpName };

    private sealed class TextReader(ParseResult parsed, ICollection<Problem> problems)
    {
        public T? Value<T>(Option<string?> option, TryParse<T> parse, string form)
            where T : struct
        {
            if (parsed.GetValue(option) is not { } text)
                return null;
            if (parse(text, out T value))
                return value;
            problems.Add(new Problem(option.Name, 0, 0, string.Create(CultureInfo.InvariantCulture, $"'{text}' is not {form}")));
            return null;
        }

        public string? Choice(Option<string?> option, IReadOnlyList<string> names)
        {
            if (parsed.GetValue(option) is not { } text || names.Contains(text))
                return parsed.GetValue(option);
            problems.Add(new Problem(option.Name, 0, 0, $"'{text}' is not known; {NearestName.Hint(text, names)}"));
            return null;
        }
    }
}
