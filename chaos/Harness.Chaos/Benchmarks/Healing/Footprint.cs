using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Harness.Chaos.Benchmarks.Healing;

/// <summary>Every process that a process ever started, and every port they listened on, as <c>/proc</c> tells.</summary>
/// <param name="root">The process.</param>
internal sealed class Footprint(int root)
{
    private const string Listening = "0A";
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];
    private readonly Dictionary<int, string> _seen = [];

    /// <summary>How many processes there were.</summary>
    public int Processes => _seen.Count;

    /// <summary>Where any of them listened.</summary>
    public HashSet<int> Ports { get; } = [];

    /// <summary>How many are stopped now.</summary>
    public int Stopped => Alive().Count(id => Environments.Processes.ProcessTree.StateOf(id) is 'T');

    /// <summary>Notes who is there now; children of those whose parent is gone are found through them.</summary>
    public void Look()
    {
        int[] roots = [root, .. Alive()];
        foreach (int id in roots.SelectMany(Environments.Processes.ProcessTree.Of).Distinct())
        {
            // A number is given again; with its time of birth it is one process.
            if (!_seen.ContainsKey(id) && Environments.Processes.ProcessTree.BirthOf(id) is { } birth)
                _seen[id] = birth;
        }

        HashSet<string> sockets = [.. Alive().SelectMany(SocketsOf)];
        foreach (string line in Tables.Where(File.Exists).SelectMany(file => File.ReadLines(file).Skip(1)))
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields[3] == Listening && sockets.Contains(fields[9]))
                Ports.Add(int.Parse(fields[1].AsSpan(fields[1].LastIndexOf(':') + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Whether anything of it is left.</summary>
    public bool IsThere()
    {
        Look();
        return Alive().Any() || Ports.Any(port => !IsFree(port));
    }

    /// <summary>What is left, each in words.</summary>
    public IReadOnlyList<string> Leftovers() =>
    [
        .. Alive().Select(id => string.Create(CultureInfo.InvariantCulture, $"process {id} ({Environments.Processes.ProcessTree.StateOf(id)}): {CommandOf(id)}")),
        .. Ports.Where(port => !IsFree(port)).Select(port => string.Create(CultureInfo.InvariantCulture, $"port {port}")),
    ];

    /// <summary>Ends what is left, by its number.</summary>
    public void End()
    {
        foreach (int id in Alive().ToList())
        {
            try
            {
                using Process process = Process.GetProcessById(id);
                process.Kill();
            }
            catch (Exception error) when (error is ArgumentException or InvalidOperationException)
            {
                continue; // It went by itself meanwhile.
            }
        }
    }

    private IEnumerable<int> Alive() => _seen.Where(one => Environments.Processes.ProcessTree.BirthOf(one.Key) == one.Value).Select(one => one.Key);

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static IEnumerable<string> SocketsOf(int id)
    {
        try
        {
            return [.. Directory.EnumerateFiles(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/fd"))
                .Select(file => new FileInfo(file).LinkTarget)
                .Where(target => target?.StartsWith("socket:[", StringComparison.Ordinal) == true)
                .Select(target => target!["socket:[".Length..^1])];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string CommandOf(int id)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/cmdline")).Replace('\0', ' ').Trim();
        }
        catch (IOException)
        {
            return "?";
        }
    }
}
