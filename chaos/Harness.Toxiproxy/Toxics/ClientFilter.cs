using System.Net;

namespace Harness.Toxiproxy.Toxics;

/// <summary>Which clients a toxic is for: the field <c>clients</c>, an extension, with addresses and networks, <c>10.0.0.0/8,127.0.0.1</c>.</summary>
internal sealed record ClientFilter
{
    public const string Name = "clients";

    private readonly IPNetwork[] _networks;

    public static readonly ClientFilter All = new("", []);

    private ClientFilter(string text, IPNetwork[] networks) => (Text, _networks) = (text, networks);

    /// <summary>As given; empty for all.</summary>
    public string Text { get; }

    /// <summary>Null when it is no such list.</summary>
    public static ClientFilter? Parse(string text)
    {
        var networks = new List<IPNetwork>();
        foreach (string part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPNetwork.TryParse(part, out IPNetwork network))
                networks.Add(network);
            else if (IPAddress.TryParse(part, out IPAddress? address))
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else
                return null;
        }
        return new ClientFilter(text, [.. networks]);
    }

    public bool Matches(IPAddress client)
    {
        IPAddress plain = client.IsIPv4MappedToIPv6 ? client.MapToIPv4() : client;
        return _networks.Length == 0 || _networks.Any(n => n.Contains(plain));
    }
}
