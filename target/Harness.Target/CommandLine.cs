using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Numerics;

namespace Harness.Target;

/// <summary>The words that a service is started with. Every problem is found before anything starts.</summary>
public sealed class CommandLine
{
    private readonly Option<ServiceName> _service = Choice("--service", "Which service this process is.",
        ("orders", ServiceName.Orders), ("payments", ServiceName.Payments), ("inventory", ServiceName.Inventory));
    private readonly Option<Uri> _urls = Parsed("--urls", "Where to listen, http://127.0.0.1:PORT.", HttpUrl);
    private readonly Option<Uri> _managementUrl = Parsed("--management-url", "Where to listen besides: an address that stays while --urls may change.", HttpUrl);
    private readonly Option<string> _data = new("--data") { Description = "The folder of the database file.", Required = true };
    private readonly Option<DnsEndPoint> _redis = Parsed("--redis", "The Redis server, HOST:PORT.", EndPoint);
    private readonly Option<BusKind> _bus = Choice("--bus", "What the bus is built on.", ("lists", BusKind.Lists), ("streams", BusKind.Streams));
    private readonly Option<string?> _postgres =
        Parsed<string?>("--postgres", "A PostgreSQL database in place of the file, \"Host=…;Database=…\"; the password from PGPASSWORD.", PostgresString);
    private readonly Option<Uri> _inventoryUrl = Parsed("--inventory-url", "Where Orders asks for prices.", HttpUrl);
    private readonly Option<Uri> _paymentsUrl = Parsed("--payments-url", "Where Orders charges and refunds; needed unless choreographed.", HttpUrl);
    private readonly Option<TimeSpan> _sagaDeadline = Parsed("--saga-deadline", "How long a saga may take before it is cancelled and compensated, like 30s.", Duration);
    private readonly Option<int> _seed = Number("--seed", "Fixes names, prices and jitter.", 1, 0);
    private readonly Option<int> _products = Number("--products", "Products in a new inventory.", 100, 1, 9999);
    private readonly Option<int> _customers = Number("--customers", "Customer accounts in new books.", 50, 1, 1_000_000);
    private readonly Option<int> _stock = Number("--stock", "Pieces of each product in a new inventory.", 1_000_000, 0);
    private readonly Option<long> _balance = Number("--balance-cents", "What each customer has at first.", 100_000_000L, 0L, 1_000_000_000_000_000L);
    private readonly Option<Coordination> _coordination = Choice("--coordination", "The saga's style.",
        ("choreography", Coordination.Choreography), ("orchestration", Coordination.Orchestration), ("two-phase-commit", Coordination.TwoPhaseCommit));
    private readonly Option<OrderStorage> _storage = Choice("--storage", "What Orders keeps: states, or what happened to each order (see 'rebuild-projection --help').",
        ("state", OrderStorage.State), ("events", OrderStorage.Events));
    private readonly Option<Reads> _reads = Choice("--reads", "Products from the cache or the database.", ("cached", Reads.Cached), ("strong", Reads.Strong));
    private readonly Option<ResilienceSwitch> _resilience =
        Choice("--resilience", "Limiter, retry, breaker and timeout on outgoing calls: in here, nowhere, or in a sidecar (see 'sidecar --help').",
            ("on", ResilienceSwitch.On), ("off", ResilienceSwitch.Off), ("mesh", ResilienceSwitch.Mesh));
    private readonly Option<WhenCut> _whenCut = Choice("--when-cut", "New orders while the bus is cut (with a coordinator: Payments).",
        ("accept", WhenCut.Accept), ("reject", WhenCut.Reject));
    private readonly Option<TimeSpan> _cacheTtl = Parsed("--cache-ttl", "How long a product stays in the cache, like 500ms, 10s, 2m.", Duration);
    private readonly Option<int> _requestsMax = Number("--requests-max", "Requests that may be open at once.", new Admission.AdmissionOptions().RequestsMax, 1, 100_000);
    private readonly Option<int> _placingMax = Number("--placing-max", "Orders that may be on their way in at once.", new Admission.AdmissionOptions().PlacingMax, 1, 10_000);
    private readonly Option<TimeSpan> _settleWithin = Parsed("--settle-within", "Refuse orders while those that wait would take longer, like 5s.", Duration);
    private readonly Option<int> _backlogMin = Number("--backlog-min", "Orders that may wait however slowly they settle.", new Admission.AdmissionOptions().BacklogMin, 0, 10_000_000);
    private readonly Option<int> _backlogMax = Number("--backlog-max", "Orders that may wait at most, also while a dependency is cut.", new Admission.AdmissionOptions().BacklogMax, 1, 10_000_000);
    private readonly Option<CacheWrites> _cacheWrites = Choice("--cache-writes", "How changes of products reach the cache.",
        ("aside", CacheWrites.Aside), ("through", CacheWrites.Through), ("back", CacheWrites.Back));
    private readonly Option<int> _writeBackMax = Number("--write-back-max", "Products whose price may wait for the database.", 256, 1, 9999);
    private readonly Option<TimeSpan> _writeBackEvery = Parsed("--write-back-every", "How often waiting prices reach the database, like 250ms.", Duration);
    private readonly Option<Stampede> _stampede = Choice("--stampede", "What keeps many misses of a product from loading it all at once.",
        ("lock", Stampede.Lock), ("none", Stampede.None), ("early", Stampede.Early));
    private readonly Option<TtlJitter> _ttlJitter =
        Choice("--ttl-jitter", "Up to a fifth more time to live, different for each entry.", ("off", TtlJitter.Off), ("on", TtlJitter.On));
    private readonly Option<FailSafe> _failSafe =
        Choice("--fail-safe", "A value whose time is over answers when the load fails or takes too long.", ("off", FailSafe.Off), ("on", FailSafe.On));
    private readonly Option<bool> _stopWithStdin = new("--stop-with-stdin") { Description = "End when standard input ends." };
    private readonly Option<Bug> _bug = Parsed("--bug", $"Plant a known defect: {string.Join(", ", Bugs.Names)}.", PlantedBug);
    private readonly RootCommand _root;

    public CommandLine()
    {
        _service.Required = _urls.Required = _redis.Required = true;
        _service.DefaultValueFactory = null;
        _bug.HelpName = "NAME";
        _redis.HelpName = "HOST:PORT";
        _urls.HelpName = _managementUrl.HelpName = _inventoryUrl.HelpName = _paymentsUrl.HelpName = "URL";
        _data.HelpName = "FOLDER";
        _postgres.HelpName = "STRING";
        _cacheTtl.HelpName = _writeBackEvery.HelpName = "DURATION";
        _writeBackEvery.DefaultValueFactory = _ => TimeSpan.FromMilliseconds(250);
        _cacheTtl.DefaultValueFactory = _ => TimeSpan.FromSeconds(10);
        _settleWithin.HelpName = _sagaDeadline.HelpName = "DURATION";
        _sagaDeadline.DefaultValueFactory = _ => TimeSpan.FromMinutes(1);
        _settleWithin.DefaultValueFactory = _ => new Admission.AdmissionOptions().SettleWithin;
        _root = new RootCommand("One service of the order system: orders, payments or inventory; or, with the word 'sidecar' first, the sidecar of one, 'dead-letters', what their bus gave up on, or 'rebuild-projection'.")
        {
            _service, _urls, _managementUrl, _data, _redis, _bus, _postgres, _inventoryUrl, _paymentsUrl, _seed, _products, _customers, _stock, _balance,
            _coordination, _sagaDeadline, _storage, _reads, _resilience, _whenCut, _cacheTtl,
            _cacheWrites, _writeBackMax, _writeBackEvery, _stampede, _ttlJitter, _failSafe,
            _requestsMax, _placingMax, _settleWithin, _backlogMin, _backlogMax, _stopWithStdin, _bug,
        };
    }

    /// <summary>The options, or null and the exit code: 0 when help was asked for, 2 with every problem on <paramref name="errors"/>.</summary>
    public ServiceOptions? Read(string[] args, TextWriter output, TextWriter errors, out int exitCode)
    {
        var parsed = _root.Parse(args);
        if (parsed.Action is not null && parsed.Errors.Count == 0)
        {
            exitCode = parsed.Invoke(new InvocationConfiguration { Output = output });
            return null;
        }

        var problems = parsed.Errors.Select(error => error.Message).ToList();
        if (problems.Count == 0 && parsed.GetValue(_service) == ServiceName.Orders && parsed.GetValue(_inventoryUrl) is null)
            problems.Add("--inventory-url is required for --service orders: prices are asked there.");
        if (problems.Count == 0 && parsed.GetValue(_service) == ServiceName.Orders && parsed.GetValue(_coordination) != Coordination.Choreography && parsed.GetValue(_paymentsUrl) is null)
            problems.Add("--payments-url is required for --service orders unless --coordination is choreography: it charges there.");
        if (problems.Count == 0 && parsed.GetValue(_coordination) == Coordination.TwoPhaseCommit && parsed.GetValue(_postgres) is null)
            problems.Add("--postgres is required for --coordination two-phase-commit: SQLite cannot prepare a transaction and wait for a decision.");
        if (problems.Count == 0 && parsed.GetValue(_backlogMin) > parsed.GetValue(_backlogMax))
            problems.Add($"--backlog-min: {parsed.GetValue(_backlogMin)} is more than --backlog-max, {parsed.GetValue(_backlogMax)}.");
        foreach (var problem in problems)
            errors.WriteLine(problem);
        exitCode = problems.Count == 0 ? 0 : 2;
        return problems.Count == 0 ? Options(parsed) : null;
    }

    private ServiceOptions Options(ParseResult parsed) => new()
    {
        Service = parsed.GetValue(_service),
        Url = parsed.GetRequiredValue(_urls),
        ManagementUrl = parsed.GetValue(_managementUrl),
        DataFolder = parsed.GetRequiredValue(_data),
        Redis = parsed.GetRequiredValue(_redis),
        Bus = parsed.GetValue(_bus),
        Postgres = parsed.GetValue(_postgres),
        InventoryUrl = parsed.GetValue(_inventoryUrl),
        PaymentsUrl = parsed.GetValue(_paymentsUrl),
        SagaDeadline = parsed.GetValue(_sagaDeadline),
        Seed = parsed.GetValue(_seed),
        Products = parsed.GetValue(_products),
        Customers = parsed.GetValue(_customers),
        Stock = parsed.GetValue(_stock),
        BalanceCents = parsed.GetValue(_balance),
        Coordination = parsed.GetValue(_coordination),
        Storage = parsed.GetValue(_storage),
        Reads = parsed.GetValue(_reads),
        Resilience = parsed.GetValue(_resilience),
        WhenCut = parsed.GetValue(_whenCut),
        CacheTtl = parsed.GetValue(_cacheTtl),
        Admission = new Admission.AdmissionOptions
        {
            RequestsMax = parsed.GetValue(_requestsMax),
            PlacingMax = parsed.GetValue(_placingMax),
            SettleWithin = parsed.GetValue(_settleWithin),
            BacklogMin = parsed.GetValue(_backlogMin),
            BacklogMax = parsed.GetValue(_backlogMax),
        },
        CacheWrites = parsed.GetValue(_cacheWrites),
        WriteBackMax = parsed.GetValue(_writeBackMax),
        WriteBackEvery = parsed.GetValue(_writeBackEvery),
        Stampede = parsed.GetValue(_stampede),
        TtlJitter = parsed.GetValue(_ttlJitter),
        FailSafe = parsed.GetValue(_failSafe),
        StopWithStdin = parsed.GetValue(_stopWithStdin),
        Bug = parsed.GetValue(_bug),
    };

    /// <summary>An option that takes one of a few words; the first is the default.</summary>
    internal static Option<T> Choice<T>(string name, string description, params (string Word, T Value)[] choices)
    {
        var words = choices.Select(choice => choice.Word).ToArray();
        var option = Parsed<T>(name, description, word =>
            Array.IndexOf(words, word) is >= 0 and var index
                ? (choices[index].Value, null)
                : (default!, $"'{word}' is none of {string.Join(", ", words)}; did you mean '{Nearest.To(word, words)}'?"));
        option.HelpName = string.Join('|', words);
        option.DefaultValueFactory = _ => choices[0].Value;
        return option;
    }

    internal static Option<T> Number<T>(string name, string description, T standard, T min, T? max = null)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var most = max ?? T.MaxValue;
        var option = Parsed<T>(name, description, word =>
            T.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= most
                ? (value, null)
                : (default, $"'{word}' is no whole number between {min} and {most}."));
        option.HelpName = "N";
        option.DefaultValueFactory = _ => standard;
        return option;
    }

    internal static Option<T> Parsed<T>(string name, string description, Func<string, (T Value, string? Problem)> parse) => new(name)
    {
        Description = description,
        CustomParser = argument =>
        {
            if (argument.Tokens.Count == 0)
                return default!; // The parser itself has already said that the value is missing.
            var (value, problem) = parse(argument.Tokens[^1].Value);
            if (problem is not null)
                argument.AddError($"{name}: {problem}");
            return value;
        },
    };

    internal static (Uri, string?) HttpUrl(string word) =>
        Uri.TryCreate(word, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp
            ? (url, null)
            : (null!, $"'{word}' is no address like http://127.0.0.1:5001.");

    internal static (DnsEndPoint, string?) EndPoint(string word)
    {
        var colon = word.LastIndexOf(':');
        return colon > 0 && ushort.TryParse(word.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
            ? (new DnsEndPoint(word[..colon], port), null)
            : (null!, $"'{word}' is no HOST:PORT like 127.0.0.1:6379.");
    }

    internal static (string?, string?) PostgresString(string word)
    {
        try
        {
            return new Npgsql.NpgsqlConnectionStringBuilder(word) is { Host.Length: > 0, Database.Length: > 0 }
                ? (word, null)
                : (null, "it needs at least Host and Database, \"Host=127.0.0.1;Port=5432;Database=orders;Username=harness\".");
        }
        catch (ArgumentException e)
        {
            return (null, e.Message); // It may hold a password, so it is not repeated.
        }
    }

    private static (TimeSpan, string?) Duration(string word)
    {
        var unit = word.EndsWith("ms", StringComparison.Ordinal) ? "ms" : word.Length > 0 ? word[^1..] : "";
        var one = unit switch { "ms" => TimeSpan.FromMilliseconds(1), "s" => TimeSpan.FromSeconds(1), "m" => TimeSpan.FromMinutes(1), _ => TimeSpan.Zero };
        return one > TimeSpan.Zero
            && int.TryParse(word.AsSpan(0, word.Length - unit.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count > 0 && count * one <= TimeSpan.FromDays(1)
            ? (count * one, null)
            : (default, $"'{word}' is no duration like 500ms, 10s or 2m, above 0 and up to a day.");
    }

    private static (Bug, string?) PlantedBug(string word) =>
        Bugs.TryFind(word, out var bug)
            ? (bug, null)
            : (default, $"there is no bug '{word}'; did you mean '{Nearest.To(word, Bugs.Names)}'?");
}
