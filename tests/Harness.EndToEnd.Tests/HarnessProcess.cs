using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Harness.EndToEnd.Tests;

/// <summary>The built command, started as a user starts it.</summary>
internal sealed class HarnessProcess : IAsyncDisposable
{
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private HarnessProcess(Process process)
    {
        Process = process;
        process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(_errors, line.Data);
    }

    public Process Process { get; }

    public string Output => Read(_output);

    public string Errors => Read(_errors);

    /// <summary>The folder above <c>artifacts/</c>.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", ".."));

    private static string Library { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "Harness.Cli", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "Harness.Cli.dll"));

    public static HarnessProcess Start(params string[] arguments) => Start(new Dictionary<string, string>(), arguments);

    /// <summary>The same with variables of its environment set.</summary>
    public static HarnessProcess Start(IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Library, .. arguments])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in variables)
            start.Environment[name] = value;
        var harness = new HarnessProcess(Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start"));
        harness.Process.BeginOutputReadLine();
        harness.Process.BeginErrorReadLine();
        return harness;
    }

    /// <summary>Runs to the end, at most two minutes.</summary>
    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        RunAsync(new Dictionary<string, string>(), arguments);

    /// <summary>The same with variables of its environment set.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        await using HarnessProcess harness = Start(variables, arguments);
        int exitCode = await harness.ExitAsync();
        return (exitCode, harness.Output, harness.Errors);
    }

    public async Task<int> ExitAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        await Process.WaitForExitAsync(limit.Token);
        return Process.ExitCode;
    }

    /// <summary>Sends a signal as <c>kill</c> does.</summary>
    public static async Task SignalAsync(int processId, string signal)
    {
        using Process kill = Process.Start("kill", ["-" + signal, processId.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Everything it started that is still alive.</summary>
    public IReadOnlyList<int> Children() =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int id) ? id : 0)
            .Where(id => id > 0 && ParentOf(id) == Process.Id),
    ];

    public static bool IsAlive(int processId) => ParentOf(processId) is not null;

    public async ValueTask DisposeAsync()
    {
        if (!Process.HasExited)
        {
            Process.Kill(entireProcessTree: true);
            await Process.WaitForExitAsync();
        }

        Process.Dispose();
    }

    /// <summary>The parent's id; null when the process is gone, or dead and only waiting to be reaped.</summary>
    private static int? ParentOf(int processId)
    {
        try
        {
            // pid (comm) state ppid …; comm may hold blanks and brackets, so count from its end.
            string stat = File.ReadAllText($"/proc/{processId}/stat");
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] == "Z" ? null : int.Parse(fields[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static void Append(StringBuilder builder, string? line)
    {
        if (line is null)
            return;
        lock (builder)
            builder.AppendLine(line);
    }

    private static string Read(StringBuilder builder)
    {
        lock (builder)
            return builder.ToString();
    }
}
