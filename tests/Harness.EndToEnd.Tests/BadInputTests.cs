using System.Net;
using System.Net.Sockets;

namespace Harness.EndToEnd.Tests;

/// <summary>Whatever is wrong is said at once, with exit code 2, and nothing was started.</summary>
public sealed class BadInputTests
{
    [Theory]
    [InlineData("rate: 15/s", "rate: -15/s", "bad.yaml:4:", "'-15/s' is not a rate")]
    [InlineData("hypothesis:", "hypotesis:", "bad.yaml:2:", "did you mean 'hypothesis'?")]
    [InlineData("payments -> redis", "payments -> database", "bad.yaml:8:", "is not an edge of --env embedded")]
    [InlineData("name: short", "name: [short", "bad.yaml:", "is not YAML")]
    [InlineData("scenario: checkout, arrivals", "scenario: check-out, arrivals", "bad.yaml:4:", "did you mean 'checkout'?")]
    [InlineData("no-oversell", "no-overselling", "bad.yaml:13:", "did you mean 'no-oversell'?")]
    public async Task Names_file_line_value_and_the_nearest_valid_name(string right, string wrong, string where, string message)
    {
        using var workspace = new Workspace();
        string file = workspace.Write("bad.yaml", Workspace.Short.Replace(right, wrong, StringComparison.Ordinal));

        (int exitCode, string output, string errors) = await HarnessProcess.RunAsync("run", file, "--out", workspace.Runs);

        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        Assert.Contains(where, errors, StringComparison.Ordinal);
        Assert.Contains(message, errors, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(workspace.Runs));
    }

    [Theory]
    [InlineData("say --data FOLDER or --postgres STRING", "rebuild-projection")]
    [InlineData("say 'list' or 'replay'", "dead-letters")]
    [InlineData("--service", "--urls", "http://127.0.0.1:1")]
    public async Task Hands_words_on_to_the_order_system_and_its_refusal_back(string message, params string[] words)
    {
        (int exitCode, string output, string errors) = await HarnessProcess.RunAsync(["target", .. words]);

        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_everything_that_is_wrong_with_a_call_at_once()
    {
        using var workspace = new Workspace();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        string port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        string notAFolder = workspace.Write("file", "");

        (int exitCode, _, string errors) = await HarnessProcess.RunAsync(
            "run", "payments-partiton", "--env", "dockr", "--out", Path.Combine(notAFolder, "runs"), "--proxy-port", port);

        Assert.Equal(2, exitCode);
        Assert.Contains("did you mean 'payments-partition'?", errors, StringComparison.Ordinal);
        Assert.Contains("'dockr' is not an environment", errors, StringComparison.Ordinal);
        Assert.Contains("cannot be written", errors, StringComparison.Ordinal);
        Assert.Contains($"127.0.0.1:{port} cannot be listened on", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("rnu", "demo")]
    [InlineData("demo", "--seed", "many")]
    [InlineData("demo", "--sede", "1")]
    [InlineData("report", "no-such-folder")]
    public async Task Ends_with_2_for_a_call_that_makes_no_sense(params string[] arguments)
    {
        (int exitCode, _, string errors) = await HarnessProcess.RunAsync(arguments);

        Assert.Equal(2, exitCode);
        Assert.NotEmpty(errors);
    }
}
