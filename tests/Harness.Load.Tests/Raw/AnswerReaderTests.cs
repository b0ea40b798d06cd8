using System.Text;
using CsCheck;
using Harness.Load.Raw;

namespace Harness.Load.Tests.Raw;

public sealed class AnswerReaderTests
{
    public static TheoryData<string, string, int, bool> WholeAnswers { get; } = new()
    {
        { "a length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, true },
        { "no body", "HTTP/1.1 202 Accepted\r\ncontent-length:0\r\n\r\n", 202, true },
        { "no reason", "HTTP/1.1 200\r\nContent-Length: 1\r\n\r\nx", 200, true },
        { "never a body", "HTTP/1.1 204 No Content\r\n\r\n", 204, true },
        { "bare line feeds", "HTTP/1.1 200 OK\nContent-Length: 2\n\nhi", 200, true },
        { "chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nA\r\n0123456789\r\n0\r\n\r\n", 200, true },
        { "chunks with extensions and trailers", "HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\n\r\n1;a=b;c\r\nx\r\n0\r\nX-Sum: 1\r\n\r\n", 200, true },
        { "a chunk that looks like an end", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n0\r\n\r\n\r\n0\r\n\r\n", 200, true },
        { "informational answers first", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n", 201, true },
        { "an announced close", "HTTP/1.1 503 Unavailable\r\nConnection: Foo, close\r\nContent-Length: 0\r\n\r\n", 503, false },
        { "an old server", "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx", 200, false },
        { "an old server that keeps alive", "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\nx", 200, true },
        { "the same length twice", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx", 200, true },
        { "a length beside chunks", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 200, false },
        { "an answer nobody asked for behind it", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxHTTP/1.1 200 OK\r\n", 200, false },
    };

    [Theory]
    [MemberData(nameof(WholeAnswers))]
    public void Finds_the_same_end_however_the_bytes_come(string why, string answer, int status, bool mayReuse)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(answer);
        Gen.Int[1, 40].Sample(size =>
        {
            AnswerReader reader = Read(bytes, size);
            Assert.True(reader.IsDone, why);
            Assert.Null(reader.Fault);
            Assert.Equal(status, reader.StatusCode);
            Assert.Equal(mayReuse, reader.MayReuse);
        }, iter: 60);
    }

    [Theory]
    [InlineData("no status line", "SSH-2.0-OpenSSH\r\n")]
    [InlineData("another version", "HTTP/2.0 200 OK\r\n")]
    [InlineData("a status that is none", "HTTP/1.1 2x0 OK\r\n")]
    [InlineData("a status of four digits", "HTTP/1.1 2000 OK\r\n")]
    [InlineData("a length that is none", "HTTP/1.1 200 OK\r\nContent-Length: five\r\n")]
    [InlineData("a negative length", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n")]
    [InlineData("two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n")]
    [InlineData("a folded header", "HTTP/1.1 200 OK\r\nA: b\r\n c\r\n")]
    [InlineData("a space before the colon", "HTTP/1.1 200 OK\r\nContent-Length : 5\r\n")]
    [InlineData("an encoding not asked for", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n")]
    [InlineData("a chunk without a length", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n")]
    [InlineData("a chunk's length beyond counting", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n")]
    [InlineData("a chunk longer than it said", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nxyz\r\n")]
    [InlineData("another protocol", "HTTP/1.1 101 Switching Protocols\r\n\r\n")]
    public void Finds_the_fault(string why, string answer)
    {
        AnswerReader reader = Read(Encoding.Latin1.GetBytes(answer), 7);

        Assert.True(reader.Fault is not null, why);
        Assert.False(reader.MayReuse);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")]
    public void Takes_an_early_end_for_a_fault(string answer)
    {
        AnswerReader reader = Read(Encoding.Latin1.GetBytes(answer), 100);
        Assert.Null(reader.Fault);

        reader.End();

        Assert.NotNull(reader.Fault);
    }

    [Fact]
    public void Takes_the_end_of_the_connection_for_the_end_of_a_body_without_length()
    {
        AnswerReader reader = Read("HTTP/1.1 200 OK\r\n\r\nas long as it takes"u8, 5);
        Assert.False(reader.IsDone);

        reader.End();

        Assert.True(reader.IsDone);
        Assert.Null(reader.Fault);
        Assert.False(reader.MayReuse);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public void Refuses_a_head_that_never_ends(int lineLength)
    {
        var reader = new AnswerReader();
        reader.Begin(isHead: false, kept: null);
        reader.Read("HTTP/1.1 200 OK\r\n"u8);
        byte[] line = Encoding.Latin1.GetBytes($"A: {new string('b', lineLength * 100)}\r\n");
        for (int i = 0; i < 20_000 && reader.Fault is null; i++)
            reader.Read(line);

        Assert.Equal("its head is too large", reader.Fault);
    }

    [Fact]
    public void Expects_no_body_after_a_head_request()
    {
        var reader = new AnswerReader();
        reader.Begin(isHead: true, kept: null);
        reader.Read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"u8);

        Assert.True(reader.MayReuse);
    }

    private static AnswerReader Read(ReadOnlySpan<byte> bytes, int pieceSize)
    {
        var reader = new AnswerReader();
        reader.Begin(isHead: false, kept: null);
        for (; bytes.Length > 0; bytes = bytes[Math.Min(pieceSize, bytes.Length)..])
            reader.Read(bytes[..Math.Min(pieceSize, bytes.Length)]);
        return reader;
    }
}
