using System.CommandLine;
using System.Net;
using System.Text.Json;
using StackExchange.Redis;

namespace Harness.Target.Messaging;

/// <summary><c>dead-letters list</c> and <c>dead-letters replay</c>: what was given up on, and giving it another chance once its cause is mended.</summary>
public sealed class DeadLetterCommandLine
{
    /// <summary>The first word, which tells this from a service.</summary>
    public const string Verb = "dead-letters";

    private const int ListMax = 10_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly (string Word, ServiceName Value)[] Services = [.. Enum.GetValues<ServiceName>().Select(service => (service.Word(), service))];

    private readonly Option<DnsEndPoint> _redis = CommandLine.Parsed("--redis", "The Redis server, HOST:PORT.", CommandLine.EndPoint);
    private readonly Option<BusKind> _bus = CommandLine.Choice("--bus", "What the bus is built on.", ("lists", BusKind.Lists), ("streams", BusKind.Streams));
    private readonly Option<ServiceName> _service = CommandLine.Choice("--service", "Only those of one service; all when it is left out.", Services);
    private readonly RootCommand _root;
    private TextWriter _output = TextWriter.Null;
    private TextWriter _errors = TextWriter.Null;

    public DeadLetterCommandLine()
    {
        _redis.Required = true;
        _redis.HelpName = "HOST:PORT";
        _service.DefaultValueFactory = null;
        var list = new Command("list", "Prints them, oldest first, one JSON object a line.") { _redis, _bus, _service };
        list.SetAction((parsed, token) => RunAsync(parsed, ListAsync, token));
        var replay = new Command("replay", "Puts each back where its service takes it from, and says how many those were.") { _redis, _bus, _service };
        replay.SetAction((parsed, token) => RunAsync(parsed, ReplayAsync, token));
        _root = new RootCommand("Messages of the order system that were given up on after their last try.") { list, replay };
    }

    /// <summary>Does it.</summary>
    /// <returns>0 when it was done; 2 for bad words, every problem on <paramref name="errors"/>; 3 when Redis does not answer.</returns>
    public async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        (_output, _errors) = (output, errors);
        if (args.Length == 0)
        {
            await errors.WriteLineAsync($"{Verb}: say 'list' or 'replay', and --redis HOST:PORT.");
            return 2;
        }

        var parsed = _root.Parse(args);
        if (parsed.Errors.Count == 0)
            return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = errors });
        foreach (var problem in parsed.Errors)
            await errors.WriteLineAsync(problem.Message);
        return 2;
    }

    private async Task<int> RunAsync(ParseResult parsed, Func<IBus, ServiceName, CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        var server = parsed.GetRequiredValue(_redis);
        await using var link = new RedisLink(server, Verb);
        IBus bus = parsed.GetValue(_bus) == BusKind.Streams ? new StreamBus(link, TimeProvider.System) : new ListBus(link, TimeProvider.System);
        try
        {
            await link.FirstAttempt.WaitAsync(Patience, cancellationToken);
            foreach (var service in Services.Select(one => one.Value).Where(one => parsed.GetResult(_service) is not { Implicit: false } || one == parsed.GetValue(_service)))
                await act(bus, service, cancellationToken);
            return 0;
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            await _errors.WriteLineAsync($"Redis at {server.Host}:{server.Port} does not answer: {e.Message}");
            return 3;
        }
    }

    private async Task ListAsync(IBus bus, ServiceName service, CancellationToken cancellationToken)
    {
        foreach (var body in await bus.DeadLettersAsync(service, ListMax, cancellationToken))
        {
            var message = Message.TryParse(body);
            await _output.WriteLineAsync(JsonSerializer.Serialize(new DeadLetter(service.Word(), message?.Type, message?.OrderId, body), DeadLetterJson.Default.DeadLetter));
        }
    }

    private async Task ReplayAsync(IBus bus, ServiceName service, CancellationToken cancellationToken) =>
        await _output.WriteLineAsync($"{service.Word()}: {await bus.ReplayAsync(service, cancellationToken)} replayed");
}

/// <summary>A line of <c>dead-letters list</c>.</summary>
/// <param name="Service">Whose it is.</param>
/// <param name="Type">Null when it cannot be read.</param>
/// <param name="OrderId">Null when it cannot be read.</param>
/// <param name="Body">As it stands on the bus.</param>
internal sealed record DeadLetter(string Service, string? Type, string? OrderId, string Body);

[System.Text.Json.Serialization.JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[System.Text.Json.Serialization.JsonSerializable(typeof(DeadLetter))]
internal sealed partial class DeadLetterJson : System.Text.Json.Serialization.JsonSerializerContext;
