using System.Text.Json;

namespace Harness.Load;

/// <summary>Reads what feeds are made of; NBomber.Data's names. A path may be an <c>http</c> address.</summary>
public static class Data
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly TimeSpan DownloadTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Reads a CSV file (RFC 4180) whose first line names its columns. A column goes to the constructor parameter or the settable
    /// property of its name, whatever its case; what has no column keeps its default.</summary>
    /// <exception cref="LoadConfigurationException">Rows or columns that do not fit, every one of them named with its line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static T[] LoadCsv<T>(string path) => CsvRows.Read<T>(path, TextOf(path));

    /// <summary>Reads a JSON file as one value: <c>LoadJson&lt;User[]&gt;("users.json")</c>.</summary>
    /// <exception cref="LoadConfigurationException">It is no JSON, or not of this type.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static T LoadJson<T>(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(TextOf(path), Json) ?? throw new LoadConfigurationException([$"{path}: holds null"]);
        }
        catch (JsonException error)
        {
            throw new LoadConfigurationException([$"{path}({error.LineNumber + 1}): {error.Message}"]);
        }
    }

    /// <summary>Bytes for bodies; the same for the same seed.</summary>
    public static byte[] GenerateRandomBytes(int sizeInBytes, int seed = 0)
    {
        byte[] bytes = new byte[sizeInBytes];
        new Arrivals.SeededRandom((ulong)seed).NextBytes(bytes);
        return bytes;
    }

    internal static string TextOf(string path)
    {
        if (!Uri.TryCreate(path, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
            return File.ReadAllText(path);
        using var client = new HttpClient { Timeout = DownloadTimeout };
        return client.GetStringAsync(address).GetAwaiter().GetResult();
    }
}
