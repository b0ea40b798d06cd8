using System.Globalization;
using Harness.Chaos.Experiments;
using Harness.Load;

namespace Harness.Chaos.Loading;

/// <summary>Makes a plan of what was said, or says everything that is wrong with it.</summary>
/// <param name="orderScenarios">The order system's scenarios, and the steps of each.</param>
/// <param name="problems">Takes what is wrong.</param>
public sealed class LoadPlanner(IReadOnlyDictionary<string, IReadOnlyCollection<string>> orderScenarios, ICollection<Problem> problems)
{
    /// <summary>More than any generator of ours sends; a slip of the keyboard, not a load.</summary>
    public const double RateMost = 1_000_000;

    /// <summary>As many as may be open at once by default.</summary>
    public const int UsersMost = 10_000;

    private const int MaxOpenDefault = 10_000;
    private static readonly TimeSpan DuringDefault = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DuringMost = TimeSpan.FromDays(1);

    private readonly TargetAddresses _addresses = new(problems);

    /// <returns>Null when there are problems.</returns>
    public LoadPlan? Plan(LoadDraft draft)
    {
        int before = problems.Count;
        IReadOnlyList<ScenarioProps> library = OpenLibrary(draft);
        IReadOnlyList<MixPart> mix = CheckMix(draft, library);
        TimeSpan during = CheckDuring(draft);
        bool hasOwnLoad = library.Count > 0 && library.Where(IsIn(mix)).All(scenario => scenario.LoadSimulations.Count > 0);
        LoadSimulation? simulation = CheckSimulation(draft, during, hasOwnLoad);
        CheckScope(draft);
        string shape = draft switch { { Users: not null } => "users", { Replay: not null } => "replay", { RatePerSecond: null } => "own", _ => draft.Shape ?? LoadShapes.Names[0] };
        var plan = new LoadPlan
        {
            Name = draft.Name ?? string.Join('-', mix.Select(part => part.Scenario).Prepend("load")),
            Simulation = simulation,
            Shape = shape,
            RatePerSecond = LoadShapes.MeanOf(shape, draft.RatePerSecond ?? 0, draft.ToPerSecond ?? 0),
            Users = draft.Users,
            During = simulation?.During ?? library.Where(IsIn(mix)).Select(scenario => scenario.PlannedDuration).DefaultIfEmpty(during).Max(),
            WarmUp = draft.WarmUp ?? TimeSpan.Zero,
            Think = draft.Think ?? TimeSpan.Zero,
            Mix = mix,
            Request = CheckRequest(draft),
            LibraryScenarios = [.. library.Where(IsIn(mix))],
            Services = CheckServices(draft),
            MaxOpen = draft.MaxOpen ?? MaxOpenDefault,
            Thresholds = CheckThresholds(draft, mix),
            Settings = draft.Settings ?? new Dictionary<string, string>(),
        };
        return problems.Count == before ? plan : null;
    }

    private static Func<ScenarioProps, bool> IsIn(IReadOnlyList<MixPart> mix) => scenario => mix.Any(part => part.Scenario == scenario.ScenarioName);

    private void Add(string option, string message) => problems.Add(new Problem(option, 0, 0, message));

    private IReadOnlyList<ScenarioProps> OpenLibrary(LoadDraft draft)
    {
        if (draft.Library is not { } library)
            return [];
        try
        {
            return ScenarioLibrary.Open(library).Scenarios;
        }
        catch (LoadConfigurationException error)
        {
            foreach (string problem in error.Problems)
                Add(library, problem);
            return [];
        }
    }

    private IReadOnlyList<MixPart> CheckMix(LoadDraft draft, IReadOnlyList<ScenarioProps> library)
    {
        IReadOnlyList<MixPart> mix = draft.Mix ?? [];
        if (draft.Url is not null && (mix.Count > 0 || draft.Library is not null))
            Add("--url", "is a load of its own; leave the scenarios out, or the address");
        if (draft.Url is not null && mix.Count == 0)
            return [new MixPart(UrlRequest.ScenarioName, 1)];
        string[] known = draft.Library is null ? [.. orderScenarios.Keys] : [.. library.Select(scenario => scenario.ScenarioName)];
        if (draft.Library is not null && mix.Count == 0 && known.Length == 1)
            return [new MixPart(known[0], 1)];
        if (mix.Count == 0 && (draft.Library is null || known.Length > 0) && problems.All(problem => problem.File != "--mix"))
            Add("--scenario", $"nothing is said of what to ask for; name a scenario ({string.Join(", ", known)}) or an address (--url)");
        foreach (MixPart part in mix.Where(part => !known.Contains(part.Scenario) && (draft.Library is null || known.Length > 0)))
            Add("--scenario", $"'{part.Scenario}' is not a scenario; {NearestName.Hint(part.Scenario, known)}");
        foreach (IGrouping<string, MixPart> twice in mix.GroupBy(part => part.Scenario).Where(same => same.Count() > 1))
            Add("--mix", $"'{twice.Key}' is in it {twice.Count()} times");
        return mix;
    }

    private TimeSpan CheckDuring(LoadDraft draft)
    {
        TimeSpan during = draft.For ?? DuringDefault;
        if (during <= TimeSpan.Zero || during > DuringMost)
            Add("--for", $"'{Units.Text(during)}' is no time to load for; it takes more than 0s and at most {DuringMost.TotalHours:0}h");
        if (draft.WarmUp > DuringMost)
            Add("--warm-up", $"'{Units.Text(draft.WarmUp.Value)}' is longer than {DuringMost.TotalHours:0}h");
        return during;
    }

    private LoadSimulation? CheckSimulation(LoadDraft draft, TimeSpan during, bool hasOwnLoad)
    {
        int before = problems.Count;
        int said = (draft.RatePerSecond is null ? 0 : 1) + (draft.Users is null ? 0 : 1) + (draft.Replay is null ? 0 : 1);
        if (said > 1)
            Add("--rate", "only one of --rate, --users and --replay says what the load is");
        if (said == 0 && !hasOwnLoad && !IsSaidBadly(draft))
            Add("--rate", "is missing; say how much load: --rate 200/s, --users 20 or --replay FILE");
        CheckRate("--rate", draft.RatePerSecond);
        CheckRate("--to", draft.ToPerSecond);
        if (draft.Users is < 1 or > UsersMost)
            Add("--users", $"{draft.Users} is no number of virtual users; it takes 1 to {UsersMost}");
        if (draft.MaxOpen is < 1 or > 100_000)
            Add("--max-open", $"{draft.MaxOpen} cannot be open at once; it takes 1 to 100000");
        if (draft.Think > TimeSpan.Zero && draft.Users is null && said > 0)
            Add("--think", "only virtual users think (--users); arrivals at a rate do not wait for each other");
        CheckShape(draft);
        return problems.Count > before || said == 0 ? null : Simulate(draft, during);
    }

    /// <summary>Whether the load was said, or would come with the library, but could not be read, which is a problem already.</summary>
    private bool IsSaidBadly(LoadDraft draft) =>
        problems.Any(problem => problem.File is "--rate" or "--users" || problem.File == draft.Library
            || problem.Message.StartsWith("rate:", StringComparison.Ordinal) || problem.Message.StartsWith("users:", StringComparison.Ordinal));

    private LoadSimulation? Simulate(LoadDraft draft, TimeSpan during)
    {
        if (draft.Users is { } users)
            return Simulation.KeepConstant(users, during);
        if (draft.Replay is not { } file)
            return LoadShapes.Of(draft.Shape ?? LoadShapes.Names[0], draft.RatePerSecond ?? 0, draft.ToPerSecond ?? 0, during);
        try
        {
            LoadSimulation replay = Simulation.ReplayFile(file);
            foreach (string problem in replay.Problems())
                Add(file, problem);
            return replay;
        }
        catch (LoadConfigurationException error)
        {
            foreach (string problem in error.Problems)
                Add("--replay", problem);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Add("--replay", $"'{file}' cannot be read: {error.Message}");
        }

        return null;
    }

    private void CheckRate(string option, double? perSecond)
    {
        if (perSecond is { } rate && rate is not (> 0 and <= RateMost))
            Add(option, string.Create(CultureInfo.InvariantCulture, $"{rate}/s is no rate that can be sent; it takes more than 0 and at most {RateMost:0}/s"));
    }

    private void CheckShape(LoadDraft draft)
    {
        string shape = draft.Shape ?? LoadShapes.Names[0];
        if (draft.Shape is not null && draft.RatePerSecond is null)
            Add("--shape", $"'{shape}' is a shape of arrivals and needs --rate");
        if (LoadShapes.NeedsTo(shape) && draft.ToPerSecond is null)
            Add("--to", $"is missing; a {shape} goes from --rate to --to");
        if (!LoadShapes.NeedsTo(shape) && draft.ToPerSecond is not null)
            Add("--to", $"a {shape} rate has no second rate; it takes --shape {string.Join(", ", LoadShapes.Names.Where(LoadShapes.NeedsTo))}");
        if (shape == "sine" && draft.ToPerSecond > 2 * draft.RatePerSecond)
            Add("--to", "a sine cannot rise above twice its middle: it would fall below 0");
    }

    private void CheckScope(LoadDraft draft)
    {
        if (draft.Url is null && (draft.Method ?? draft.Body) is not null | draft.Headers is { Count: > 0 })
            Add("--method, --header, --body", "belong to --url");
        if (draft.Library is null && draft.Settings is { Count: > 0 })
            Add("--setting", "is read by scenarios of a class library (my.dll)");
    }

    private UrlRequest? CheckRequest(LoadDraft draft)
    {
        Dictionary<string, string> headers = CheckHeaders(draft);
        string? body = CheckBody(draft);
        if (draft.Timeout == TimeSpan.Zero)
            Add("--timeout", "0s is too short for any answer");
        if (draft.Url is not { } text || _addresses.Check("--url", text, draft.AllowRemote == true) is not { } url)
            return null;
        var request = new UrlRequest(url, draft.Method ?? (body is null ? "GET" : "POST"), headers, body, draft.Timeout ?? Http.DefaultTimeout);
        try
        {
            using var method = new HttpRequestMessage(HttpMethod.Parse(request.Method), url);
            request.CreateScenario();
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            Add("--url", $"no such request can be made: {error.Message}");
        }

        return request;
    }

    private Dictionary<string, string> CheckHeaders(LoadDraft draft)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string header in draft.Headers ?? [])
        {
            if (header.Split(':', 2) is [{ Length: > 0 } name, var value] && !name.Any(char.IsWhiteSpace))
                headers[name] = value.Trim();
            else
                Add("--header", $"'{header}' is not a header; it takes 'Name: value'");
        }

        return headers;
    }

    private string? CheckBody(LoadDraft draft)
    {
        if (draft.Body is not ['@', .. var file])
            return draft.Body;
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            Add("--body", $"'{file}' cannot be read: {error.Message}");
            return null;
        }
    }

    private Dictionary<string, Uri> CheckServices(LoadDraft draft)
    {
        var services = new Dictionary<string, Uri>();
        (string Name, string? Url)[] said = [("orders", draft.Orders), ("payments", draft.Payments), ("inventory", draft.Inventory)];
        if (said.All(service => service.Url is null))
            return services;
        if (draft.Url is not null || draft.Library is not null)
            Add("--orders, --payments, --inventory", "belong to the scenarios of the order system");
        foreach ((string name, string? url) in said)
        {
            if (url is null)
                Add($"--{name}", "is missing; the scenarios of a running order system need all of --orders, --payments and --inventory");
            else if (_addresses.Check($"--{name}", url, draft.AllowRemote == true) is { } address)
                services[name] = address;
        }

        return services;
    }

    private List<(string, Threshold)> CheckThresholds(LoadDraft draft, IReadOnlyList<MixPart> mix)
    {
        var thresholds = new List<(string, Threshold)>();
        foreach (DraftThreshold written in draft.Thresholds ?? [])
        {
            if (!Threshold.TryParse(written.Check, written.Step, written.AbortAfter, written.StartAfter, out Threshold? threshold))
                Add("--threshold", $"'{written.Check}' is not {Threshold.TextForm}");
            if (written.Scenario is { } named && mix.All(part => part.Scenario != named))
                Add("--threshold", $"'{named}' is no scenario of this load; {NearestName.Hint(named, mix.Select(part => part.Scenario))}");
            string[] meant = [.. mix.Select(part => part.Scenario).Where(name => written.Scenario is null || name == written.Scenario)];
            foreach (string scenario in meant)
            {
                if (written.Step is { } step && draft.Library is null && orderScenarios.TryGetValue(scenario, out IReadOnlyCollection<string>? steps) && !steps.Contains(step))
                    Add("--threshold", $"'{step}' is no step of {scenario}; {NearestName.Hint(step, steps)}");
                else if (threshold is not null)
                    thresholds.Add((scenario, threshold));
            }
        }

        return thresholds;
    }
}
