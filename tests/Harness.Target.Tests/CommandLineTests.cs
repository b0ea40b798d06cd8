namespace Harness.Target.Tests;

public sealed class CommandLineTests : IDisposable
{
    private static readonly string[] Sound = ["--service", "payments", "--urls", "http://127.0.0.1:5001", "--data", "d", "--redis", "127.0.0.1:6379"];
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose()
    {
        _output.Dispose();
        _errors.Dispose();
    }

    [Fact]
    public void Fills_in_the_documented_defaults()
    {
        var options = new CommandLine().Read(Sound, _output, _errors, out var exitCode)!;

        Assert.Equal(0, exitCode);
        Assert.Equal((100, 50, 1_000_000), (options.Products, options.Customers, options.Stock));
        Assert.Equal((TimeSpan.FromSeconds(10), Reads.Cached, ResilienceSwitch.On, false), (options.CacheTtl, options.Reads, options.Resilience, options.StopWithStdin));
        Assert.Equal(
            (CacheWrites.Aside, Stampede.Lock, TtlJitter.Off, FailSafe.Off), (options.CacheWrites, options.Stampede, options.TtlJitter, options.FailSafe));
        Assert.Equal(("127.0.0.1", 6379), (options.Redis.Host, options.Redis.Port));
    }

    [Fact]
    public void Reads_every_word_of_the_contract()
    {
        var options = new CommandLine().Read(
            [
                "--service", "orders", "--urls", "http://127.0.0.1:5001", "--data", "d", "--redis", "localhost:1", "--inventory-url", "http://127.0.0.1:5003",
                "--seed", "7", "--products", "3", "--customers", "4", "--stock", "5", "--balance-cents", "6", "--coordination", "choreography", "--reads", "strong",
                "--resilience", "off", "--when-cut", "accept", "--cache-ttl", "250ms", "--stop-with-stdin",
                "--cache-writes", "through", "--stampede", "early", "--ttl-jitter", "on", "--fail-safe", "on", "--bug", "refund-forgotten",
            ],
            _output, _errors, out _)!;

        Assert.Equal(ServiceName.Orders, options.Service);
        Assert.Equal((7, 3, 4, 5, 6), (options.Seed, options.Products, options.Customers, options.Stock, options.BalanceCents));
        Assert.Equal((Reads.Strong, ResilienceSwitch.Off, true), (options.Reads, options.Resilience, options.StopWithStdin));
        Assert.Equal(
            (CacheWrites.Through, Stampede.Early, TtlJitter.On, FailSafe.On), (options.CacheWrites, options.Stampede, options.TtlJitter, options.FailSafe));
        Assert.Equal((TimeSpan.FromMilliseconds(250), Bug.RefundForgotten), (options.CacheTtl, options.Bug));
    }

    [Theory]
    [InlineData("--service", "order", "did you mean 'orders'?")]
    [InlineData("--urls", "127.0.0.1", "http://127.0.0.1:5001")]
    [InlineData("--redis", "6379", "HOST:PORT")]
    [InlineData("--redis", "host:0", "HOST:PORT")]
    [InlineData("--products", "0", "between 1 and 9999")]
    [InlineData("--products", "many", "'many'")]
    [InlineData("--stock", "-1", "'-1'")]
    [InlineData("--balance-cents", "1e9", "'1e9'")]
    [InlineData("--coordination", "two-phase-comit", "did you mean 'two-phase-commit'?")]
    [InlineData("--coordination", "two-phase-commit", "--postgres is required")]
    [InlineData("--reads", "cache", "did you mean 'cached'?")]
    [InlineData("--cache-writes", "thru", "did you mean 'through'?")]
    [InlineData("--stampede", "locks", "did you mean 'lock'?")]
    [InlineData("--ttl-jitter", "10%", "'10%' is none of off, on")]
    [InlineData("--fail-safe", "yes", "'yes' is none of off, on")]
    [InlineData("--cache-ttl", "10", "500ms, 10s or 2m")]
    [InlineData("--cache-ttl", "0s", "above 0")]
    [InlineData("--bug", "oversel-race", "did you mean 'oversell-race'?")]
    [InlineData("--colour", "red", "'--colour'")]
    public void Says_what_is_wrong_with_a_word_and_what_would_be_right(string option, string value, string told)
    {
        Assert.Null(new CommandLine().Read([.. Without(option), option, value], _output, _errors, out var exitCode));
        Assert.Equal(2, exitCode);
        Assert.Contains(told, _errors.ToString(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Without(string option) =>
        Sound.Chunk(2).Where(pair => pair[0] != option).SelectMany(pair => pair);

    [Fact]
    public void Tells_all_problems_at_once()
    {
        new CommandLine().Read(["--service", "orders", "--products", "0", "--bug", "x", "--redis", "y"], _output, _errors, out _);

        var told = _errors.ToString();
        Assert.All(["--products", "--bug", "--redis", "--urls", "--data"], option => Assert.Contains(option, told, StringComparison.Ordinal));
    }

    [Fact]
    public void Does_not_let_Orders_start_without_somebody_to_ask_for_prices()
    {
        string[] args = ["--service", "orders", .. Sound[2..]];
        Assert.Null(new CommandLine().Read(args, _output, _errors, out var exitCode));
        Assert.Equal(2, exitCode);
        Assert.Contains("--inventory-url", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Does_not_let_Orders_coordinate_without_somebody_to_charge()
    {
        string[] args = ["--service", "orders", .. Sound[2..], "--inventory-url", "http://127.0.0.1:5003", "--coordination", "orchestration"];
        Assert.Null(new CommandLine().Read(args, _output, _errors, out var exitCode));
        Assert.Equal(2, exitCode);
        Assert.Contains("--payments-url", _errors.ToString(), StringComparison.Ordinal);

        var options = new CommandLine().Read([.. args, "--payments-url", "http://127.0.0.1:5002", "--saga-deadline", "20s"], _output, _errors, out _)!;
        Assert.Equal((Coordination.Orchestration, 5002, TimeSpan.FromSeconds(20)), (options.Coordination, options.PaymentsUrl!.Port, options.SagaDeadline));
    }

    [Fact]
    public void Shows_its_usage()
    {
        Assert.Null(new CommandLine().Read(["--help"], _output, _errors, out var exitCode));
        Assert.Equal(0, exitCode);
        Assert.Contains("--cache-ttl", _output.ToString(), StringComparison.Ordinal);
    }
}
