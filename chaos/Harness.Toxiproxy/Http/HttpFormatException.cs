namespace Harness.Toxiproxy.Http;

/// <summary>What came is no request that can be answered.</summary>
internal sealed class HttpFormatException(int status) : Exception
{
    public int Status => status;
}
