using System.Globalization;
using System.Runtime.InteropServices;
using Harness.Chaos.Environments.Containers;
using Harness.Chaos.Environments.Stores;

namespace Harness.Chaos.Environments.Examinations;

/// <summary>Looks at everything on this machine that an environment or a test could want. Changes nothing.</summary>
public static class MachineExamination
{
    private const long DiskBytesWanted = 1L << 30;
    private const int DescriptorsWanted = 4096;
    private const int PortsWanted = 16;
    private static readonly TimeSpan DaemonLimit = TimeSpan.FromSeconds(3);
    private static readonly string[] Browsers = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    /// <summary>Every finding, in a stable order.</summary>
    public static async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken) =>
    [
        Sdk(), Processors(), Memory(), Disk(), Ports(), Descriptors(), Redis(), Postgres(), .. await DockerAsync(cancellationToken), Browser(),
    ];

    private static Finding Sdk()
    {
        string root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        string sdks = Path.Combine(root, "sdk");
        string[] versions = Directory.Exists(sdks) ? [.. Directory.EnumerateDirectories(sdks).Select(folder => Path.GetFileName(folder)).Order()] : [];
        return versions.Any(version => version.StartsWith("10.", StringComparison.Ordinal))
            ? new Finding(".NET SDK", FindingStatus.Fine, string.Join(", ", versions))
            : new Finding(".NET SDK", FindingStatus.Warning, $"none of version 10 in {sdks}", "only building wants it: https://dot.net/download");
    }

    private static Finding Processors() => Environment.ProcessorCount >= 2
        ? new Finding("processors", FindingStatus.Fine, Number(Environment.ProcessorCount))
        : new Finding("processors", FindingStatus.Warning, "1", "load and target share it: expect verdicts of 'unknown' because the generator lagged");

    private static Finding Memory()
    {
        double gigabytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30);
        string found = string.Create(CultureInfo.InvariantCulture, $"{gigabytes:0.0} GiB");
        return gigabytes >= 1.5
            ? new Finding("memory", FindingStatus.Fine, found)
            : new Finding("memory", FindingStatus.Warning, found, "the system takes about 1 GiB under load");
    }

    private static Finding Disk()
    {
        string folder = Path.GetTempPath();
        long free = new DriveInfo(folder).AvailableFreeSpace;
        string found = string.Create(CultureInfo.InvariantCulture, $"{free / (double)(1L << 30):0.0} GiB free for {folder}");
        return free >= DiskBytesWanted
            ? new Finding("disk", FindingStatus.Fine, found)
            : new Finding("disk", FindingStatus.Warning, found, "make room, or point TMPDIR at a folder with at least 1 GiB");
    }

    private static Finding Ports()
    {
        try
        {
            int[] ports = FreePort.Take(PortsWanted);
            return new Finding("loopback ports", FindingStatus.Fine, $"free, for example {ports[0]}");
        }
        catch (IOException error)
        {
            return new Finding("loopback ports", FindingStatus.Lacks, error.Message, "end what holds them");
        }
    }

    private static Finding Descriptors()
    {
        const string Limits = "/proc/self/limits";
        if (!File.Exists(Limits))
            return new Finding("open files", FindingStatus.Unknown, "not told on this system");
        string? line = File.ReadLines(Limits).FirstOrDefault(one => one.StartsWith("Max open files", StringComparison.Ordinal));
        string? soft = line?["Max open files".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return int.TryParse(soft, CultureInfo.InvariantCulture, out int most) && most < DescriptorsWanted
            ? new Finding("open files", FindingStatus.Warning, $"at most {soft}", $"ulimit -n {DescriptorsWanted}, or many connections at once are refused")
            : new Finding("open files", FindingStatus.Fine, $"at most {soft ?? "unknown"}");
    }

    private static Finding Redis() => PathOf(RedisPart.Program) is { } program
        ? new Finding(RedisPart.Program, FindingStatus.Fine, program)
        : new Finding(RedisPart.Program, FindingStatus.Lacks, "not on the PATH", "sudo apt-get install redis-server");

    private static Finding Postgres()
    {
        string[] missing = [.. LocalEnvironment.MissingPostgres()];
        if (missing.Length > 0)
            return new Finding("PostgreSQL", FindingStatus.Lacks, missing[0], "sudo apt-get install postgresql");
        return new Finding("PostgreSQL", FindingStatus.Fine, $"{PostgresCluster.ProgramFolder}, run as {(Environment.IsPrivilegedProcess ? PostgresCluster.ServerUser : Environment.UserName)}");
    }

    private static async Task<IReadOnlyList<Finding>> DockerAsync(CancellationToken cancellationToken)
    {
        using DockerDaemon daemon = DockerDaemon.OfThisMachine();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(DaemonLimit);
        try
        {
            string version = await daemon.ApiVersionAsync(limit.Token);
            var findings = new List<Finding> { new("Docker", FindingStatus.Fine, $"API {version} at {daemon.Endpoint}") };
            foreach ((string variable, string image) in ContainerImages.All)
            {
                findings.Add(await daemon.HasImageAsync(image, limit.Token)
                    ? new Finding("image", FindingStatus.Fine, image)
                    : new Finding("image", FindingStatus.Warning, $"{image} is not here", $"it is pulled at first use; {variable} names another"));
            }

            return findings;
        }
        catch (Exception error) when (error is EnvironmentException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            string found = error is EnvironmentException ? error.Message : $"the daemon at {daemon.Endpoint} did not answer within {DaemonLimit.TotalSeconds} s";
            return [new Finding("Docker", FindingStatus.Lacks, found, "start it, say where it is with DOCKER_HOST, or: sudo apt-get install docker.io")];
        }
    }

    private static Finding Browser() => Browsers.Select(PathOf).FirstOrDefault(path => path is not null) is { } browser
        ? new Finding("Chromium", FindingStatus.Fine, browser)
        : new Finding("Chromium", FindingStatus.Warning, "not on the PATH", "only the tests of the pages want it: sudo apt-get install chromium");

    private static string? PathOf(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
