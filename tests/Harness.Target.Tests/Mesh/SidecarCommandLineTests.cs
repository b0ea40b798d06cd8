using Harness.Target.Mesh;

namespace Harness.Target.Tests.Mesh;

public sealed class SidecarCommandLineTests : IDisposable
{
    private static readonly string File = typeof(SidecarCommandLineTests).Assembly.Location; // any that is there
    private static readonly string[] Sound =
    [
        "--service", "orders", "--admin", "http://127.0.0.1:1", "--identity", File, "--authority", File, "--outbound", "inventory,127.0.0.1:2,proxy:3",
    ];

    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose()
    {
        _output.Dispose();
        _errors.Dispose();
    }

    [Fact]
    public void Reads_both_ways()
    {
        var options = Read([
            .. Sound, "--outbound", "payments,127.0.0.1:4,127.0.0.1:5", "--inbound", "127.0.0.1:6", "--service-url", "http://127.0.0.1:7",
            "--caller", "payments", "--caller", "inventory", "--seed", "9", "--stop-with-stdin",
        ])!;

        Assert.Equal((ServiceName.Orders, 9, true), (options.Service, options.Seed, options.StopWithStdin));
        Assert.Equal(["inventory 2 proxy:3", "payments 4 127.0.0.1:5"], options.Outbound.Select(edge => $"{edge.Callee.Word()} {edge.Listen.Port} {edge.Peer.Host}:{edge.Peer.Port}"));
        Assert.Equal((6, 7), (options.Inbound!.Listen.Port, options.Inbound.Service.Port));
        Assert.Equal([ServiceName.Payments, ServiceName.Inventory], options.Inbound.Callers);
    }

    [Fact]
    public void Needs_no_inbound_side() => Assert.Null(Read(Sound)!.Inbound);

    [Theory]
    [InlineData("--service order", "did you mean 'orders'?")]
    [InlineData("--outbound inventry,127.0.0.1:2,p:3", "did you mean 'inventory'?")]
    [InlineData("--outbound inventory,127.0.0.1:2", "CALLEE,LISTEN,PEER")]
    [InlineData("--outbound inventory,localhost:2,p:3", "'localhost:2' is no ADDRESS:PORT")]
    [InlineData("--outbound inventory,127.0.0.1:8,p:3 --outbound inventory,127.0.0.1:9,p:3", "inventory is given 2 times")]
    [InlineData("--outbound orders,127.0.0.1:8,p:3", "orders does not call itself")]
    [InlineData("--caller inventory", "go together")]
    [InlineData("--identity /no/such/file", "there is no file '/no/such/file'")]
    public void Says_what_is_wrong_and_what_would_be_right(string words, string told)
    {
        var options = words.Split(' ');
        Assert.Null(Read([.. Sound.Chunk(2).Where(pair => pair[0] != options[0]).SelectMany(pair => pair), .. options], expectedCode: 2));
        Assert.Contains(told, _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Tells_all_problems_at_once()
    {
        Assert.Null(Read(["--service", "order", "--outbound", "x", "--caller", "y", "--seed", "z"], expectedCode: 2));
        Assert.All(["--service", "--outbound", "--caller", "--seed", "--admin", "--identity", "--authority"], option => Assert.Contains(option, _errors.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Refuses_to_do_nothing()
    {
        Assert.Null(Read(Sound[..^2], expectedCode: 2));
        Assert.Contains("--inbound, --outbound or both", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_its_usage()
    {
        Assert.Null(Read(["--help"]));
        Assert.Contains("CALLEE,LISTEN,PEER", _output.ToString(), StringComparison.Ordinal);
    }

    private SidecarOptions? Read(string[] args, int expectedCode = 0)
    {
        var options = new SidecarCommandLine().Read(args, _output, _errors, out var exitCode);
        Assert.True(exitCode == expectedCode, _errors.ToString());
        return options;
    }
}
