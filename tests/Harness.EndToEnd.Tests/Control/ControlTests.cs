using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text;
using Harness.Cli.Tests.Schemas;

namespace Harness.EndToEnd.Tests.Control;

/// <summary><c>harness inject</c>, <c>heal</c> and <c>status</c> on a system that is up, and the API below them.</summary>
[Collection(Controlled.Name)]
public sealed class ControlTests(ControlledSystem system)
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(300);

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fault_by_command_is_felt_shown_and_healed()
    {
        (int injected, string said, string errors) = await system.RunAsync("inject", "latency", "--edge", "client -> payments", "--delay", "300ms", "--for", "5m", "--json");
        Assert.True(injected == 0, errors);
        await Schemas.AssertValidAsync("fault", said);
        string id = JsonSerializer.Deserialize<JsonElement>(said).GetProperty("id").GetString()!;
        Assert.True(await TakesAsync("payments") >= Delay);

        (int asked, string status, _) = await system.RunAsync("status", "--json");
        Assert.Equal(0, asked);
        await Schemas.AssertValidAsync("status", status);
        JsonElement edge = JsonSerializer.Deserialize<JsonElement>(status).GetProperty("edges").EnumerateArray().Single(one => one.GetProperty("edge").GetString() == "client -> payments");
        Assert.True(JsonSerializer.Deserialize<JsonElement>(status).GetProperty("stores").GetArrayLength() > 0);
        Assert.Equal(id, Assert.Single(edge.GetProperty("faults").EnumerateArray()).GetString());

        (int healed, string evidence, _) = await system.RunAsync("heal", id);
        Assert.Equal(0, healed);
        Assert.Contains("connections", evidence, StringComparison.Ordinal);
        await UntilAsync(async () => await TakesAsync("payments") < Delay);
    }

    [Fact]
    public async Task A_fault_is_a_lease_that_ends_by_itself()
    {
        (HttpStatusCode status, JsonElement fault) = await PostAsync("""{"fault":"partition","edges":["payments -> redis"],"for":"700ms"}""");
        Assert.Equal((HttpStatusCode.Created, "in-place"), (status, fault.GetProperty("stage").GetString()));
        string path = $"faults/{fault.GetProperty("id").GetString()}";
        await UntilAsync(async () => (await system.AskAsync(path)).GetProperty("stage").GetString() == "healed");
    }

    [Fact]
    public async Task Everything_wrong_with_a_fault_is_said_at_once_and_nothing_is_done()
    {
        (int exitCode, _, string errors) = await system.RunAsync("inject", "latency", "--edge", "orders -> paymens", "--delay", "fast", "--dely", "1s", "--for", "2h");

        Assert.Equal(2, exitCode);
        Assert.Contains("edges: 'orders -> paymens' is not an edge of --env embedded; did you mean 'orders -> payments'?", errors, StringComparison.Ordinal);
        Assert.Contains("delay: 'fast' is not a duration", errors, StringComparison.Ordinal);
        Assert.Contains("dely: unknown key; did you mean 'delay'?", errors, StringComparison.Ordinal);
        Assert.Contains("for: 120m is not above zero and at most 60m", errors, StringComparison.Ordinal);
        (HttpStatusCode status, JsonElement problem) = await PostAsync("""{"fault":"latncy","edges":[{}]}""");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("did you mean 'latency'", problem.GetProperty("problems")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("no json")).Status);
        (int noPort, _, string portErrors) = await system.RunAsync("up", "--control-port", $"{system.Url.Port}", "--load", "fast");
        Assert.Equal(2, noPort);
        Assert.Contains($"--control-port: 127.0.0.1:{system.Url.Port} cannot be listened on", portErrors, StringComparison.Ordinal);
        Assert.Contains("--load: 'fast' is not", portErrors, StringComparison.Ordinal);
        (int unknown, _, string saidOf) = await system.RunAsync("heal", "nothing-9");
        Assert.Equal(2, unknown);
        Assert.Contains("no fault 'nothing-9'", saidOf, StringComparison.Ordinal);
    }

    [Fact]
    public void The_token_lies_in_a_file_that_only_its_owner_can_read()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("There are no such modes there.");
            return;
        }

        Assert.StartsWith(system.StateFolder, system.ControlFile, StringComparison.Ordinal);
        Assert.Contains(system.Token, File.ReadAllText(system.ControlFile), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(system.ControlFile));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(system.ControlFile)!));
    }

    [Theory]
    [InlineData(null, null, null, HttpStatusCode.Unauthorized)]
    [InlineData("0000", null, null, HttpStatusCode.Unauthorized)]
    [InlineData("right", "attacker.example", null, HttpStatusCode.Forbidden)]
    [InlineData("right", null, "http://attacker.example", HttpStatusCode.Forbidden)]
    [InlineData("right", null, "null", HttpStatusCode.Forbidden)]
    [InlineData("right", null, null, HttpStatusCode.OK)]
    public async Task Only_the_owner_gets_in_and_no_page_of_anybody_else(string? token, string? host, string? origin, HttpStatusCode expected)
    {
        using var stranger = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Delete, new Uri(system.Url, "api/v1/faults"));
        if (token is not null)
            request.Headers.Add("Authorization", "Bearer " + (token == "right" ? system.Token : token));
        if (host is not null)
            request.Headers.Host = $"{host}:{system.Url.Port}";
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        using HttpResponseMessage response = await stranger.SendAsync(request, Ended);
        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task The_api_describes_itself_and_nothing_changes_by_a_get()
    {
        using var anybody = new HttpClient();
        JsonElement described = JsonSerializer.Deserialize<JsonElement>(await anybody.GetStringAsync(new Uri(system.Url, "openapi/v1.json"), Ended));
        Assert.Equal(
            ["/api/v1/faults", "/api/v1/faults/kinds", "/api/v1/faults/{id}", "/api/v1/history", "/api/v1/load", "/api/v1/status", "/api/v1/stream"],
            described.GetProperty("paths").EnumerateObject().Select(path => path.Name).Order(StringComparer.Ordinal));
        int before = (await system.AskAsync("faults")).GetArrayLength();
        foreach (string path in new[] { "status", "history", "faults", "faults/kinds" })
            await system.AskAsync(path);
        using HttpResponseMessage load = await system.Http.GetAsync("load", Ended);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, load.StatusCode);
        Assert.Equal(before, (await system.AskAsync("faults")).GetArrayLength());
        Assert.True((await system.AskAsync("faults/kinds")).GetArrayLength() >= 35);
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string body)
    {
        using HttpResponseMessage response = await system.Http.PostAsync("faults", new StringContent(body, Encoding.UTF8, "application/json"), Ended);
        return (response.StatusCode, JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(Ended)));
    }

    private async Task<TimeSpan> TakesAsync(string service)
    {
        using var http = new HttpClient();
        var since = Stopwatch.StartNew();
        await http.GetStringAsync(new Uri(system.Service(service), "/health/live"), Ended);
        return since.Elapsed;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var since = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(since.Elapsed < TimeSpan.FromSeconds(60), "It did not come about within a minute.");
            await Task.Delay(50, Ended);
        }
    }
}
