using System.Security.Cryptography;
using System.Text;

namespace Harness.Reports.Markup;

/// <summary>A text file that ships inside this assembly.</summary>
internal sealed class EmbeddedText
{
    private EmbeddedText(string text)
    {
        Text = text;
        CspHash = $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";
    }

    public string Text { get; }

    /// <summary>What a Content-Security-Policy calls this text when it stands in a page, unchanged.</summary>
    public string CspHash { get; }

    /// <exception cref="InvalidOperationException">This assembly was built without the file.</exception>
    public static EmbeddedText Read(string name)
    {
        using Stream stream = typeof(EmbeddedText).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource {name} is missing from {typeof(EmbeddedText).Assembly.GetName().Name}.");
        using var reader = new StreamReader(stream);

        // A browser hashes what its parser kept, and a parser keeps no carriage return.
        return new EmbeddedText(reader.ReadToEnd().ReplaceLineEndings("\n"));
    }
}
