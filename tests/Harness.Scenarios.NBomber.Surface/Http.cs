namespace NBomber.Http.CSharp;

public class Http
{
    private Http() => throw new NotSupportedException();

    public static HttpRequestMessage CreateRequest(string method, string url) => throw new NotSupportedException();
}

public static class HttpExt
{
    public static HttpRequestMessage WithHeader(this HttpRequestMessage req, string name, string value) => throw new NotSupportedException();

    public static HttpRequestMessage WithBody(this HttpRequestMessage req, HttpContent body) => throw new NotSupportedException();
}
