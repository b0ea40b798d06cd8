using System.Diagnostics;
using System.Globalization;

namespace Harness.Load.Bench;

/// <summary>A foreign program that ends with this process, however this process ends: a small parent of its own waits at a pipe that we hold open.</summary>
internal sealed class HeldProcess : IDisposable
{
    private const string Parent = "\"$@\" & child=$!; echo $child >&2; read _; kill $child 2>/dev/null; wait $child";

    private readonly Process _parent;
    private readonly Process _child;

    private HeldProcess(Process parent, Process child) => (_parent, _child) = (parent, child);

    public int Id => _child.Id;

    /// <summary>Processor time so far, of all of its threads.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _child.Refresh();
            return _child.TotalProcessorTime;
        }
    }

    public static HeldProcess Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Parent, "sh", program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process parent = Process.Start(start)!;
        int child = int.Parse(parent.StandardError.ReadLine() ?? "", CultureInfo.InvariantCulture);
        // What it prints nobody reads, but it must not wait for a reader either.
        _ = parent.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        _ = parent.StandardError.BaseStream.CopyToAsync(Stream.Null);
        return new HeldProcess(parent, Process.GetProcessById(child));
    }

    /// <summary>The program's place; null when it is not installed.</summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(["/usr/sbin", "/usr/local/sbin"]).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    public void Dispose()
    {
        _parent.StandardInput.Close();
        _parent.WaitForExit(TimeSpan.FromSeconds(5));
        _parent.Dispose();
        _child.Dispose();
    }
}
