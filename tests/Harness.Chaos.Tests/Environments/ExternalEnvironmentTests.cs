using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;

namespace Harness.Chaos.Tests.Environments;

public sealed class ExternalEnvironmentTests : IDisposable
{
    private const string Sound =
        """
        services: { orders: "http://127.0.0.1:5001", payments: "http://localhost:5002", inventory: "http://[::1]:5003" }
        toxiproxy: http://127.0.0.1:8474
        proxies:
          payments -> redis: payments_redis
          client -> orders: { upstream: "127.0.0.1:5001" }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("harness-test-").FullName;
    private readonly List<Problem> _problems = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Has_the_edges_that_the_file_names()
    {
        IEnvironmentKind? kind = Configured(Sound, yes: true);

        Assert.Empty(_problems);
        Assert.Equal([new Edge("payments", "redis"), new Edge("client", "orders")], kind!.Edges);
    }

    [Fact]
    public void Wants_to_hear_where_the_system_is()
    {
        Assert.Null(new ExternalEnvironment().Configured(new EnvironmentSettings(), _problems));

        Assert.Contains("--external FILE", Assert.Single(_problems).Message);
    }

    [Fact]
    public void Wants_a_word_before_it_breaks_what_is_not_its_own()
    {
        Configured(Sound, yes: false);

        Assert.Contains("say --yes", Assert.Single(_problems).Message);
    }

    [Fact]
    public void Refuses_every_host_beyond_this_machine_even_after_that_word()
    {
        Configured(Sound.Replace("localhost", "pay.example.org", StringComparison.Ordinal).Replace("127.0.0.1:8474", "192.0.2.7:8474", StringComparison.Ordinal), yes: true);

        Assert.Equal(2, _problems.Count);
        Assert.Contains("'pay.example.org' is not on this machine", _problems[0].Message);
        Assert.Contains("'192.0.2.7' is not on this machine", _problems[1].Message);
    }

    [Fact]
    public void Touches_the_hosts_that_a_list_allows_and_no_others()
    {
        string allow = Write("hosts", "# staging\npay.example.org   # payments\n");
        string text = Sound.Replace("localhost", "PAY.example.org", StringComparison.Ordinal).Replace("\"127.0.0.1:5001\"", "\"orders.example.org:5001\"", StringComparison.Ordinal);

        new ExternalEnvironment().Configured(new EnvironmentSettings { ExternalFile = Write("system.yaml", text), AllowFile = allow }, _problems);

        Assert.Contains("'orders.example.org' is not on this machine", Assert.Single(_problems).Message);
    }

    [Fact]
    public void Reports_everything_that_is_wrong_with_the_file_at_once()
    {
        Assert.Null(Configured(
            """
            services: { orders: "ftp://127.0.0.1", payments: "http://127.0.0.1:5002", inventori: "http://127.0.0.1:5003" }
            toxyproxy: http://127.0.0.1:8474
            proxies: { payments: redis, "orders -> redis": { upstream: nowhere, via: x } }
            """,
            yes: true));

        string all = string.Join('\n', _problems);
        Assert.Contains("system.yaml:1:", all);
        Assert.Contains("'ftp://127.0.0.1' is not an address", all);
        Assert.Contains("services.inventory: is missing", all);
        Assert.Contains("did you mean 'inventory'?", all);
        Assert.Contains("did you mean 'toxiproxy'?", all);
        Assert.Contains("'payments' is not an edge", all);
        Assert.Contains("'nowhere' is not HOST:PORT", all);
        Assert.Contains("via: unknown key", all);
    }

    private IEnvironmentKind? Configured(string text, bool yes) =>
        new ExternalEnvironment().Configured(new EnvironmentSettings { ExternalFile = Write("system.yaml", text), Yes = yes }, _problems);

    private string Write(string name, string text)
    {
        string file = Path.Combine(_folder, name);
        File.WriteAllText(file, text);
        return file;
    }
}
