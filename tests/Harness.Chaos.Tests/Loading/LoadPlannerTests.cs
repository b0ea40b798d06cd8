using System.Net;
using System.Net.Sockets;
using Harness.Chaos.Experiments;
using Harness.Chaos.Loading;

namespace Harness.Chaos.Tests.Loading;

public sealed class LoadPlannerTests : IDisposable
{
    private static readonly Dictionary<string, IReadOnlyCollection<string>> Scenarios = new()
    {
        ["checkout"] = ["place", "follow"],
        ["browse"] = ["read"],
    };

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<Problem> _problems = [];

    public LoadPlannerTests() => _listener.Start();

    private string Address => $"http://{_listener.LocalEndpoint}/";

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void Makes_a_plan_of_what_was_said()
    {
        LoadPlan? plan = Plan(new LoadDraft
        {
            RatePerSecond = 60,
            For = TimeSpan.FromSeconds(5),
            Mix = [new("checkout", 1), new("browse", 5)],
            Thresholds = [new("p99 < 80ms", "checkout", "place", AbortAfter: 3), new("errors < 1%")],
        });

        Assert.Empty(_problems);
        Assert.Equal(("load-checkout-browse", "constant", 60.0, TimeSpan.FromSeconds(5)), (plan!.Name, plan.Shape, plan.RatePerSecond, plan.During));
        Assert.True(plan.IsOfOrderSystem);
        Assert.Equal([("checkout", "place"), ("checkout", null), ("browse", null)], plan.Thresholds.Select(one => (one.Scenario, one.Threshold.StepName)));
    }

    [Fact]
    public void Asks_an_address_over_the_raw_lane()
    {
        LoadPlan? plan = Plan(new LoadDraft { Url = Address, Users = 3, Headers = ["X-One: 1"], Body = "text" });
        Assert.Empty(_problems);
        Assert.Equal(("POST", "1", "text", 3), (plan!.Request!.Method, plan.Request.Headers["x-one"], plan.Request.Body, plan.Users));
    }

    public static TheoryData<LoadDraft, string> Mistakes => new()
    {
        { new LoadDraft { RatePerSecond = 1, Mix = [new("chekout", 1)] }, "--scenario: 'chekout' is not a scenario; did you mean 'checkout'?" },
        { new LoadDraft { RatePerSecond = 1 }, "--scenario: nothing is said of what to ask for" },
        { new LoadDraft { Mix = [new("browse", 1)] }, "--rate: is missing" },
        { new LoadDraft { RatePerSecond = 1, Users = 1, Mix = [new("browse", 1)] }, "--rate: only one of --rate, --users and --replay" },
        { new LoadDraft { RatePerSecond = 2_000_000, Mix = [new("browse", 1)] }, "--rate: 2000000/s is no rate that can be sent" },
        { new LoadDraft { Users = 10_001, Mix = [new("browse", 1)] }, "--users: 10001 is no number of virtual users" },
        { new LoadDraft { RatePerSecond = 1, For = TimeSpan.Zero, Mix = [new("browse", 1)] }, "--for: '0s' is no time to load for" },
        { new LoadDraft { RatePerSecond = 1, For = TimeSpan.FromDays(2), Mix = [new("browse", 1)] }, "at most 24h" },
        { new LoadDraft { RatePerSecond = 1, Think = TimeSpan.FromSeconds(1), Mix = [new("browse", 1)] }, "--think: only virtual users think" },
        { new LoadDraft { RatePerSecond = 1, Shape = "ramp", Mix = [new("browse", 1)] }, "--to: is missing; a ramp goes from --rate to --to" },
        { new LoadDraft { RatePerSecond = 1, ToPerSecond = 2, Mix = [new("browse", 1)] }, "--to: a constant rate has no second rate" },
        { new LoadDraft { RatePerSecond = 1, ToPerSecond = 3, Shape = "sine", Mix = [new("browse", 1)] }, "--to: a sine cannot rise above twice its middle" },
        { new LoadDraft { Users = 1, Shape = "poisson", Mix = [new("browse", 1)] }, "--shape: 'poisson' is a shape of arrivals and needs --rate" },
        { new LoadDraft { RatePerSecond = 1, Mix = [new("browse", 1)], Body = "x" }, "--method, --header, --body: belong to --url" },
        { new LoadDraft { RatePerSecond = 1, Mix = [new("browse", 1)], Orders = "http://127.0.0.1:1/" }, "--payments: is missing" },
        { new LoadDraft { RatePerSecond = 1, Mix = [new("browse", 1)], Thresholds = [new("p98 < 1")] }, "--threshold: 'p98 < 1' is not a threshold such as" },
        { new LoadDraft { RatePerSecond = 1, Mix = [new("browse", 1)], Thresholds = [new("p99 < 1", "browse", "raed")] }, "'raed' is no step of browse; did you mean 'read'?" },
        { new LoadDraft { RatePerSecond = 1, Mix = [new("browse", 1)], Thresholds = [new("p99 < 1", "brows")] }, "'brows' is no scenario of this load; did you mean 'browse'?" },
        { new LoadDraft { RatePerSecond = 1, Url = "localhost" }, "--url: 'localhost' is not an address" },
        { new LoadDraft { RatePerSecond = 1, Url = "http://192.0.2.1/" }, "--url: '192.0.2.1' is not this machine" },
        { new LoadDraft { RatePerSecond = 1, Url = "http://127.0.0.1:1/" }, "--url: nobody answers at 127.0.0.1:1" },
        { new LoadDraft { RatePerSecond = 1, Url = "http://127.0.0.1:1/", Headers = ["no colon"] }, "--header: 'no colon' is not a header" },
        { new LoadDraft { RatePerSecond = 1, Url = "http://127.0.0.1:1/", Body = "@/no/such/file" }, "--body: '/no/such/file' cannot be read" },
        { new LoadDraft { Replay = "/no/such/file", Mix = [new("browse", 1)] }, "--replay: '/no/such/file' cannot be read" },
        { new LoadDraft { RatePerSecond = 1, Library = "/no/such.dll" }, "/no/such.dll: there is no such file" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Says_what_is_wrong(LoadDraft draft, string message)
    {
        Assert.Null(Plan(draft));
        Assert.Contains(_problems, problem => problem.ToString().Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Says_everything_at_once()
    {
        Plan(new LoadDraft
        {
            RatePerSecond = 9e9, Mix = [new("brows", 1)], Url = "http://example.com/", Headers = ["x"], For = TimeSpan.Zero, Think = TimeSpan.FromSeconds(1), Thresholds = [new("fast")],
        });
        Assert.Equal(["--url", "--scenario", "--for", "--rate", "--think", "--header", "--url", "--threshold"], _problems.Select(problem => problem.File));
    }

    [Fact]
    public void Refuses_a_header_that_would_break_the_request()
    {
        Assert.Null(Plan(new LoadDraft { RatePerSecond = 1, Url = Address, Headers = ["X-One: a\rb"] }));
        Assert.Contains("no such request can be made", Assert.Single(_problems).Message, StringComparison.Ordinal);
    }

    private LoadPlan? Plan(LoadDraft draft) => new LoadPlanner(Scenarios, _problems).Plan(draft);
}
