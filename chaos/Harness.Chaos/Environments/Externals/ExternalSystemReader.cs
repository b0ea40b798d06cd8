using System.Globalization;
using Harness.Chaos.Experiments;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Harness.Chaos.Environments.Externals;

/// <summary>Reads where an external system is from YAML, or JSON, which YAML contains; whatever is wrong is gathered with its line.</summary>
internal static class ExternalSystemReader
{
    private const string UrlForm = "an address such as http://127.0.0.1:5001";
    private const string EndPointForm = "HOST:PORT such as 127.0.0.1:5001";

    /// <returns>Null when there is any problem.</returns>
    public static ExternalSystem? ReadFile(string path, ICollection<Problem> problems)
    {
        var found = new ProblemList(path);
        ExternalSystem? system = null;
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(File.ReadAllText(path)));
            if (stream.Documents is [{ RootNode: YamlMappingNode root }])
                system = Read(new MappingReader(root, "", found));
            else
                found.Add(1, 1, "needs keys and values: services, toxiproxy, proxies");
        }
        catch (YamlException error)
        {
            found.Add(error.Start.Line, error.Start.Column, $"is neither YAML nor JSON: {error.Message}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            found.Add(0, 0, $"cannot be read: {error.Message}");
        }

        foreach (Problem problem in found.InOrder)
            problems.Add(problem);
        return found.InOrder.Count == 0 ? system : null;
    }

    private static ExternalSystem Read(MappingReader root)
    {
        var system = new ExternalSystem
        {
            Services = ReadServices(root),
            Toxiproxy = ReadUrl(root, "toxiproxy"),
            Proxies = ReadProxies(root),
        };
        root.RejectUnknownKeys();
        return system;
    }

    private static Dictionary<string, Uri> ReadServices(MappingReader root)
    {
        var services = new Dictionary<string, Uri>();
        if (root.Mapping("services") is not { } fields)
        {
            root.Report("services", $"is missing; it takes the address of each of {string.Join(", ", OrderSystemRun.ServiceNames)}");
            return services;
        }

        foreach (string name in OrderSystemRun.ServiceNames)
            services[name] = ReadUrl(fields, name);
        fields.RejectUnknownKeys();
        return services;
    }

    private static Dictionary<Edge, ExternalProxy> ReadProxies(MappingReader root)
    {
        var proxies = new Dictionary<Edge, ExternalProxy>();
        if (root.Mapping("proxies") is not { } fields)
            return proxies;
        foreach (string key in fields.Keys.ToList())
        {
            if (Edge.Parse(key) is not { } edge)
                fields.Report(key, $"'{key}' is not an edge such as 'payments -> redis'");
            else
                proxies[edge] = ReadProxy(fields, key, edge);
        }

        return proxies;
    }

    // A text names a proxy that is there; keys and values describe one that is to be made.
    private static ExternalProxy ReadProxy(MappingReader fields, string key, Edge edge)
    {
        if (fields.Entry(key) is not { } made)
            return new ExternalProxy(fields.RequiredText(key), null, null);
        string upstream = made.RequiredText("upstream");
        string listen = made.Text("listen") ?? "127.0.0.1:0";
        foreach ((string name, string value) in new[] { ("upstream", upstream), ("listen", listen) })
        {
            if (value.Length > 0 && !IsEndPoint(value))
                made.Report(name, $"'{value}' is not {EndPointForm}");
        }

        made.RejectUnknownKeys();
        return new ExternalProxy(edge.ToString(), listen, upstream);
    }

    private static Uri ReadUrl(MappingReader fields, string key)
    {
        string text = fields.RequiredText(key);
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https")
            return url;
        if (text.Length > 0)
            fields.Report(key, $"'{text}' is not {UrlForm}");
        return new Uri("http://127.0.0.1");
    }

    private static bool IsEndPoint(string text) =>
        text.LastIndexOf(':') is > 0 and var colon && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
