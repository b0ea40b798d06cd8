using System.Globalization;
using System.Text.Json;

namespace Harness.Load.Configuring;

/// <summary>A place in a JSON file; what it cannot be read as is gathered, with the place and the value seen.</summary>
internal sealed record ConfigNode(JsonElement Json, string Place, ICollection<string> Problems)
{
    public bool IsObject => Json.ValueKind == JsonValueKind.Object;

    /// <summary>Null when there is no such member, or it is null.</summary>
    public ConfigNode? Member(string name) => IsObject && Json.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null
        ? new ConfigNode(value, Place.Length == 0 ? name : $"{Place}.{name}", Problems)
        : null;

    public IEnumerable<string> Names => IsObject ? Json.EnumerateObject().Select(member => member.Name) : [];

    public IReadOnlyList<ConfigNode> Items()
    {
        if (Json.ValueKind == JsonValueKind.Array)
            return [.. Json.EnumerateArray().Select((item, i) => new ConfigNode(item, string.Create(CultureInfo.InvariantCulture, $"{Place}[{i}]"), Problems))];
        Add("is no list");
        return [];
    }

    public string? Text()
    {
        if (Json.ValueKind == JsonValueKind.String)
            return Json.GetString();
        Add("is no text");
        return null;
    }

    public int? Whole()
    {
        if (Json.ValueKind == JsonValueKind.Number && Json.TryGetInt32(out int number))
            return number;
        Add("is no whole number");
        return null;
    }

    /// <summary><c>00:01:30</c>.</summary>
    public TimeSpan? Time()
    {
        if (Json.ValueKind == JsonValueKind.String && TimeSpan.TryParse(Json.GetString(), CultureInfo.InvariantCulture, out TimeSpan time))
            return time;
        Add("is no time such as \"00:01:30\"");
        return null;
    }

    public void Add(string problem) => Problems.Add($"{Place}: {Json.GetRawText()} {problem}");

    /// <summary>Says every member that is none of the names, so that a slip of the keyboard is not passed over.</summary>
    public void RejectOthers(params string[] names)
    {
        foreach (string name in Names.Except(names))
            Problems.Add($"{(Place.Length == 0 ? "" : Place + ".")}{name}: is not known; there is {string.Join(", ", names)}");
    }
}
