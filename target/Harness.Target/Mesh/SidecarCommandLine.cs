using System.CommandLine;
using System.Net;

namespace Harness.Target.Mesh;

/// <summary>The words that a sidecar is started with, after <c>sidecar</c>. Every problem is found before anything starts.</summary>
public sealed class SidecarCommandLine
{
    /// <summary>The first word, which tells a sidecar from a service.</summary>
    public const string Verb = "sidecar";

    private static readonly (string Word, ServiceName Value)[] Services = [.. Enum.GetValues<ServiceName>().Select(service => (service.Word(), service))];

    private readonly Option<ServiceName> _service = CommandLine.Choice("--service", "The service that this sidecar stands beside.", Services);
    private readonly Option<Uri> _admin = CommandLine.Parsed("--admin", "Where /metrics and /health are, http://127.0.0.1:PORT.", CommandLine.HttpUrl);
    private readonly Option<string> _identity = CommandLine.Parsed("--identity", "The service's certificate and private key, one PEM file.", ExistingFile);
    private readonly Option<string> _authority = CommandLine.Parsed("--authority", "The certificate of the authority that is believed, a PEM file.", ExistingFile);
    private readonly Option<DnsEndPoint?> _listen = CommandLine.Parsed<DnsEndPoint?>("--inbound", "Where other sidecars come to over mutual TLS, ADDRESS:PORT.", LoopbackOrAddress);
    private readonly Option<Uri?> _serviceUrl = CommandLine.Parsed<Uri?>("--service-url", "Where the service listens, http://127.0.0.1:PORT.", word => CommandLine.HttpUrl(word));
    private readonly Option<ServiceName[]> _callers = Many("--caller", "A service that may call this one; may be repeated.", Caller);
    private readonly Option<Outbound[]> _outbound = Many("--outbound", "An edge from here: CALLEE,LISTEN-ADDRESS:PORT,PEER-HOST:PORT; may be repeated.", Edge);
    private readonly Option<int> _seed = CommandLine.Number("--seed", "Fixes the jitter of retries.", 1, 0);
    private readonly Option<bool> _stopWithStdin = new("--stop-with-stdin") { Description = "End when standard input ends." };
    private readonly RootCommand _root;

    public SidecarCommandLine()
    {
        _service.Required = _admin.Required = _identity.Required = _authority.Required = true;
        _service.DefaultValueFactory = null;
        _admin.HelpName = _serviceUrl.HelpName = "URL";
        _identity.HelpName = _authority.HelpName = "FILE";
        _listen.HelpName = "ADDRESS:PORT";
        _callers.HelpName = string.Join('|', Services.Select(one => one.Word));
        _outbound.HelpName = "CALLEE,LISTEN,PEER";
        _root = new RootCommand("The sidecar of one service: holds the policies of its calls, and speaks mutual TLS with other sidecars.")
        {
            _service, _admin, _identity, _authority, _listen, _serviceUrl, _callers, _outbound, _seed, _stopWithStdin,
        };
    }

    /// <summary>The options, or null and the exit code: 0 when help was asked for, 2 with every problem on <paramref name="errors"/>.</summary>
    public SidecarOptions? Read(string[] args, TextWriter output, TextWriter errors, out int exitCode)
    {
        var parsed = _root.Parse(args);
        if (parsed.Action is not null && parsed.Errors.Count == 0)
        {
            exitCode = parsed.Invoke(new InvocationConfiguration { Output = output });
            return null;
        }

        string[] problems = [.. parsed.Errors.Select(error => error.Message), .. parsed.Errors.Count == 0 ? Contradictions(parsed) : []];
        foreach (var problem in problems)
            errors.WriteLine(problem);
        exitCode = problems.Length == 0 ? 0 : 2;
        return problems.Length == 0 ? Options(parsed) : null;
    }

    private IEnumerable<string> Contradictions(ParseResult parsed)
    {
        var own = parsed.GetValue(_service);
        var (inbound, url, callers, outbound) = (parsed.GetValue(_listen), parsed.GetValue(_serviceUrl), parsed.GetValue(_callers) ?? [], parsed.GetValue(_outbound) ?? []);
        if (inbound is null != (url is null) || inbound is null != (callers.Length == 0))
            yield return "--inbound, --service-url and --caller go together: who may come in, where, and to whom.";
        if (inbound is null && outbound.Length == 0)
            yield return "There is nothing to do: give --inbound, --outbound or both.";
        if (callers.Contains(own) || outbound.Any(edge => edge.Callee == own))
            yield return $"{own.Word()} does not call itself.";
        foreach (var twice in outbound.GroupBy(edge => edge.Callee).Where(group => group.Count() > 1))
            yield return $"--outbound: {twice.Key.Word()} is given {twice.Count()} times.";
    }

    private SidecarOptions Options(ParseResult parsed) => new()
    {
        Service = parsed.GetValue(_service),
        Admin = parsed.GetRequiredValue(_admin),
        Identity = parsed.GetRequiredValue(_identity),
        Authority = parsed.GetRequiredValue(_authority),
        Inbound = parsed.GetValue(_listen) is { } listen
            ? new Inbound(new IPEndPoint(IPAddress.Parse(listen.Host), listen.Port), parsed.GetValue(_serviceUrl)!, parsed.GetValue(_callers)!)
            : null,
        Outbound = parsed.GetValue(_outbound) ?? [],
        Seed = parsed.GetValue(_seed),
        StopWithStdin = parsed.GetValue(_stopWithStdin),
    };

    private static Option<T[]> Many<T>(string name, string description, Func<string, (T Value, string? Problem)> parse) => new(name)
    {
        Description = description,
        AllowMultipleArgumentsPerToken = false,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = argument =>
        {
            var values = new List<T>();
            foreach (var token in argument.Tokens)
            {
                var (value, problem) = parse(token.Value);
                if (problem is null)
                    values.Add(value);
                else
                    argument.AddError($"{name}: {problem}");
            }

            return [.. values];
        },
    };

    private static (string, string?) ExistingFile(string word) => File.Exists(word) ? (word, null) : ("", $"there is no file '{word}'.");

    private static (ServiceName, string?) Caller(string word)
    {
        string[] words = [.. Services.Select(one => one.Word)];
        return Array.IndexOf(words, word) is >= 0 and var index
            ? (Services[index].Value, null)
            : (default, $"'{word}' is none of {string.Join(", ", words)}; did you mean '{Nearest.To(word, words)}'?");
    }

    private static (DnsEndPoint?, string?) LoopbackOrAddress(string word) =>
        CommandLine.EndPoint(word) is (var end, null) && IPAddress.TryParse(end.Host, out _) ? (end, null) : (null, $"'{word}' is no ADDRESS:PORT like 127.0.0.1:5443.");

    private static (Outbound, string?) Edge(string word)
    {
        if (word.Split(',') is not [var callee, var listen, var peer])
            return (null!, $"'{word}' is no CALLEE,LISTEN,PEER like inventory,127.0.0.1:5101,127.0.0.1:5443.");
        var (service, noService) = Caller(callee);
        var (end, noEnd) = LoopbackOrAddress(listen);
        var (other, noPeer) = CommandLine.EndPoint(peer);
        return (noService ?? noEnd ?? noPeer) is { } problem
            ? (null!, problem)
            : (new Outbound(service, new IPEndPoint(IPAddress.Parse(end!.Host), end.Port), other), null);
    }
}
