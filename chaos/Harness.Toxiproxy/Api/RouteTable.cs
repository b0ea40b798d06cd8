using Harness.Toxiproxy.Http;

namespace Harness.Toxiproxy.Api;

/// <summary>Answers a request; <paramref name="variables"/> are the path's variable segments, decoded.</summary>
internal delegate Task<HttpReply> RouteHandler(HttpRequest request, IReadOnlyList<string> variables, CancellationToken cancellationToken);

/// <summary>A path that is known; without a handler the method is not.</summary>
internal sealed record RouteMatch(RouteHandler? Handler, IReadOnlyList<string> Variables);

/// <summary>The routes, each exactly in the form given: no trailing slash, one segment for a variable.</summary>
internal sealed class RouteTable
{
    private const string AnyMethod = "*";

    private readonly List<(string Method, string[] Segments, RouteHandler Handler)> _routes = [];

    /// <param name="method">The method, or <c>*</c> for all.</param>
    /// <param name="path"><c>/proxies/{}/toxics</c>.</param>
    /// <param name="handler">What answers.</param>
    public void Add(string method, string path, RouteHandler handler) => _routes.Add((method, path.Split('/'), handler));

    /// <summary>Null when the path is not known.</summary>
    public RouteMatch? Find(HttpRequest request)
    {
        string[] segments = Uri.UnescapeDataString(request.Path).Split('/');
        var onPath = _routes.Where(r => Matches(r.Segments, segments)).ToList();
        if (onPath.Count == 0)
            return null;
        var (_, pattern, handler) = onPath.FirstOrDefault(r => r.Method == request.Method || r.Method == AnyMethod);
        return handler is null ? new RouteMatch(null, []) : new RouteMatch(handler, [.. segments.Where((_, i) => pattern[i] == "{}")]);
    }

    private static bool Matches(string[] pattern, string[] segments) =>
        pattern.Length == segments.Length && pattern.Zip(segments).All(p => p.First == p.Second || (p.First == "{}" && p.Second.Length > 0));
}
