using System.Globalization;

namespace Harness.Toxiproxy.Proxies;

/// <summary>Texts of the form <c>host:port</c>, <c>[v6]:port</c> or <c>:port</c>.</summary>
internal static class HostPort
{
    private const int PortMax = 65535;

    /// <summary>True when <paramref name="text"/> has a host, which may be empty, and a port, which when empty is 0.</summary>
    public static bool TrySplit(string text, out string host, out int port) => Problem(text, out host, out port) is null;

    /// <summary>What is wrong with <paramref name="text"/>, in the words of Go's net package, which clients show to people; null when nothing is.</summary>
    public static string? Problem(string text, out string host, out int port)
    {
        (host, port) = ("", 0);
        int colon = text.LastIndexOf(':');
        if (text.Length == 0)
            return null;
        if (colon < 0 || text[^1] == ']')
            return $"address {text}: missing port in address";
        host = text[..colon];
        if (host.StartsWith('[') && host.EndsWith(']'))
            host = host[1..^1];
        else if (host.Contains(':'))
            return $"address {text}: too many colons in address";
        return PortProblem(text[(colon + 1)..], out port);
    }

    private static string? PortProblem(string text, out int port)
    {
        port = 0;
        if (text.Length == 0)
            return null;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
            return $"lookup tcp/{text}: unknown port";
        if (number is < 0 or > PortMax)
            return $"address {text}: invalid port";
        port = (int)number;
        return null;
    }
}
