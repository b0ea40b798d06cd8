using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Harness.Target.Tests;

/// <summary>The real program as a process of its own. Its standard input is a pipe that we hold, so that it cannot outlive the tests.</summary>
public sealed partial class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ConcurrentQueue<string> _output = new();
    private readonly Process _process;
    private bool _disposed;

    private ServiceProcess(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && path.EndsWith("dotnet", StringComparison.Ordinal) ? path : "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(typeof(ServiceOptions).Assembly.Location);
        foreach (var argument in arguments)
        {
            if (Variable().Match(argument) is { Success: true } match)
                start.Environment[match.Groups[1].Value] = match.Groups[2].Value;
            else
                start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public HttpClient Http { get; private init; } = new();

    public string Output => string.Join('\n', _output);

    /// <summary>Starts the program with nothing to read and waits for its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        await using var process = new ServiceProcess(arguments);
        process.CloseStdin();
        await process.WaitForExitAsync();
        return (process._process.ExitCode, process.Output);
    }

    /// <summary>Starts a service on a free port and waits until it is ready.</summary>
    public static async Task<ServiceProcess> StartAsync(string service, string folder, int redisPort, params string[] more) =>
        await StartAsync(service, folder, redisPort, FreePort.Next(), more);

    /// <summary>The same on a known port, for one that takes the place of another.</summary>
    public static async Task<ServiceProcess> StartAsync(string service, string folder, int redisPort, int port, params string[] more)
    {
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        return await StartAsync(service, new Uri(url),
        [
            "--service", service, "--urls", url, "--data", folder, "--stop-with-stdin",
            "--redis", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{redisPort}"), .. more,
        ]);
    }

    /// <summary>The same for anything that the program can be, with all its words.</summary>
    /// <param name="url">Where it says that it is ready.</param>
    public static async Task<ServiceProcess> StartAsync(string name, Uri url, IReadOnlyList<string> arguments)
    {
        var process = new ServiceProcess(arguments) { Http = new HttpClient { BaseAddress = url, Timeout = Patience } };
        await Eventually.TrueAsync(process.IsReadyAsync, $"{name} is ready");
        return process;
    }

    /// <summary><c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await WaitForExitAsync();
    }

    public void CloseStdin() => _process.StandardInput.Close();

    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async Task<int> WaitForExitAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>A metric by its name and labels as they stand in the exposition.</summary>
    public async Task<double> MetricAsync(string name)
    {
        var text = await Http.GetStringAsync("/metrics");
        foreach (var line in text.Split('\n'))
        {
            if (MetricLine().Match(line) is { Success: true } match && match.Groups[1].Value == name)
                return double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
        }

        throw new KeyNotFoundException($"No metric {name} in\n{text}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return; // A test that failed between ending one and starting another in its place.
        _disposed = true;
        if (!_process.HasExited)
            _process.Kill();
        await WaitForExitAsync();
        _process.Dispose();
        Http.Dispose();
    }

    /// <summary>As before a command in a shell: <c>OTEL_SERVICE_NAME=orders</c>.</summary>
    [GeneratedRegex(@"^(\w+_\w+)=(.*)$")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^([^#].*) (\S+)$")]
    private static partial Regex MetricLine();

    private async Task<bool> IsReadyAsync()
    {
        if (_process.HasExited)
        {
            await WaitForExitAsync(); // until its last line is read
            Assert.Fail(Output);
        }

        try
        {
            using var response = await Http.GetAsync("/health/ready");
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
