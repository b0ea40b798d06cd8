using System.Net;
using Harness.Chaos.Experiments;

namespace Harness.Chaos.Environments.Externals;

/// <summary>Whether somebody's system may be loaded and broken: only after a word of the user's, and beyond this machine only where a list says so.</summary>
internal static class AllowedHosts
{
    /// <summary>Adds a problem for every host that may not be touched.</summary>
    public static void Check(IEnumerable<string> hosts, EnvironmentSettings settings, ICollection<Problem> problems)
    {
        if (!settings.Yes && settings.AllowFile is null)
        {
            problems.Add(new Problem(
                $"{EnvironmentSettings.ExternalOption} {settings.ExternalFile}", 0, 0,
                $"this loads and breaks a system that the harness did not start; say {EnvironmentSettings.YesOption} for one on this machine, "
                + $"or {EnvironmentSettings.AllowOption} FILE with its hosts, one a line"));
        }

        IReadOnlyCollection<string> allowed = settings.AllowFile is { } file ? Read(file, problems) : [];
        foreach (string host in hosts.Where(host => !IsLoopback(host) && !allowed.Contains(host, StringComparer.OrdinalIgnoreCase)))
        {
            problems.Add(new Problem(
                $"{EnvironmentSettings.ExternalOption} {settings.ExternalFile}", 0, 0,
                $"'{host}' is not on this machine, and no list allows it; name it in a file for {EnvironmentSettings.AllowOption}"));
        }
    }

    /// <summary>Only addresses and <c>localhost</c>: what another name leads to may change between the question and the call.</summary>
    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));

    private static string[] Read(string file, ICollection<Problem> problems)
    {
        try
        {
            return [.. File.ReadLines(file).Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problems.Add(new Problem(EnvironmentSettings.AllowOption, 0, 0, $"{file} cannot be read: {error.Message}"));
            return [];
        }
    }
}
