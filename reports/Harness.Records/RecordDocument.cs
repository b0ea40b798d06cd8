using System.Text.Json;

namespace Harness.Records;

/// <summary>The files of a record that hold one value.</summary>
internal static class RecordDocument
{
    /// <summary>Writes beside and renames, so that a reader finds the old file or the new one, never a part.</summary>
    public static void Write<T>(string path, T value)
    {
        string beside = path + ".tmp";
        using (FileStream file = File.Create(beside))
            JsonSerializer.Serialize(file, value, RecordJson.Document);
        File.Move(beside, path, overwrite: true);
    }

    /// <returns>Null when there is no such file.</returns>
    /// <exception cref="RecordException">It is not what it should be.</exception>
    public static T? Read<T>(string path) where T : class
    {
        if (!File.Exists(path))
            return null;

        try
        {
            using FileStream file = File.OpenRead(path);
            return JsonSerializer.Deserialize<T>(file, RecordJson.Document) ?? throw new RecordException($"{path} holds nothing.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new RecordException($"{path} cannot be read: {e.Message}", e);
        }
    }
}
