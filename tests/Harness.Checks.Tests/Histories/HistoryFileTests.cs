using Harness.Checks.Histories;
using Harness.Records;

namespace Harness.Checks.Tests.Histories;

public sealed class HistoryFileTests
{
    private const string Log = """
        INFO  jepsen.core - Running test
        INFO  jepsen.util - 0	:invoke	:write	3
        INFO  jepsen.util - :nemesis	:info	:start	nil
        INFO  jepsen.util - 1    :invoke   :cas	[3 4]
        INFO  jepsen.util - 0	:ok	:write	3
        INFO  jepsen.util - 2	:invoke	:read	nil
        INFO  jepsen.util - 2	:info	:read	:timed-out
        INFO  jepsen.util - 1	:fail	:cas	[3 4]
        INFO  jepsen.util - 3	:invoke	:read	nil

        """;

    private const string Damage = "[](){}\":;#\\ \n,0-a\u2603";

    [Fact]
    public void Reads_jepsen_s_log()
    {
        IReadOnlyList<ClientOperation> read = Parse(Log);

        Assert.Equal([("write", "3", Outcome.Ok, 2), ("cas", "[3 4]", Outcome.Refused, 4), ("read", "nil", Outcome.Unknown, 6), ("read", "nil", Outcome.Unknown, 9)],
            read.Select(o => (o.F, Form.Text(o.Value), o.Outcome, o.Line)));
        Assert.True(read[1].Invoked < read[0].Completed && read[0].Completed < read[2].Invoked);
        Assert.Null(read[2].Completed);
    }

    [Theory]
    [InlineData("[{:process 0, :type :invoke, :f :write, :value 3} {:process 0, :type :ok, :f :write, :value 3}]")]
    [InlineData("; a comment\n{:process 0 :type :invoke :f :write :value 3}\n{:type :ok :f :write :value 3 :process 0, :time 5} ; more\n")]
    [InlineData("({:process 0, :type :invoke, :f :write, :value 3} #_{:not \"this\"} #jepsen.history.Op{:process 0, :type :ok, :f :write, :value 3})")]
    [InlineData("[{\"process\":0,\"type\":\"invoke\",\"f\":\"write\",\"value\":3},\n{\"process\":0,\"type\":\"ok\",\"f\":\"write\",\"value\":3}]")]
    [InlineData("{\"process\":0,\"type\":\"invoke\",\"f\":\"write\",\"value\":3}\n{\"process\":0,\"type\":\"ok\",\"f\":\"write\",\"value\":3}\n")]
    public void Reads_maps_however_they_are_written(string text)
    {
        ClientOperation only = Assert.Single(Parse(text));

        Assert.Equal((0, "write", "3", Outcome.Ok), (only.Process, only.F, Form.Text(only.Value), only.Outcome));
        Assert.True(only.Invoked < only.Completed);
    }

    [Theory]
    [InlineData("0\t:invoke\t:write\t3\n:nemesis\t:info\t:start\tnil\n0\t:ok\t:write\t3\n")]
    [InlineData("INFO [2026-01-02 03:04:05,678] jepsen worker 0 - jepsen.util 0\t:invoke\t:write\t3\r\nother words\r\nINFO [2026-01-02 03:04:05,679] jepsen worker 0 - jepsen.util 0\t:ok\t:write\t3\r\n")]
    public void Reads_the_logs_of_later_versions_and_history_txt(string text)
    {
        Assert.Equal(HistoryFile.JepsenLog, HistoryFile.Detect(text));
        ClientOperation only = Assert.Single(Parse(text));
        Assert.Equal((0, "write", "3", Outcome.Ok), (only.Process, only.F, Form.Text(only.Value), only.Outcome));
    }

    [Fact]
    public void Reads_transactions_that_name_no_process_as_one_client_s()
    {
        IReadOnlyList<ClientOperation> read = Parse("{:type :invoke :value [[:append 1 1]]} {:type :ok :value [[:append 1 1]]} {:type :invoke :value [[:r 1 nil]]} {:type :ok :value [[:r 1 [1]]]}");

        Assert.Equal([("txn", Outcome.Ok), ("txn", Outcome.Ok)], read.Select(o => (o.F, o.Outcome)));
        Assert.True(read[0].Completed < read[1].Invoked);
    }

    [Fact]
    public void Reads_porcupine_s_key_value_logs()
    {
        IReadOnlyList<ClientOperation> read = Parse("""
            {:process 0, :type :invoke, :f :append, :key "k", :value "x 0 \"1\" y"}
            {:process 1, :type :invoke, :f :get, :key "k", :value nil}
            {:process 1, :type :ok, :f :get, :key "k", :value ""}
            {:process 0, :type :ok, :f :append, :key "k", :value "x 0 \"1\" y"}
            """);

        Assert.Equal([("k", "append", "x 0 \"1\" y"), ("k", "get", "")], read.Select(o => (o.Key, o.F, Form.Text(o.Value))));
    }

    [Fact]
    public void Takes_the_keys_of_independent_registers_out_of_their_values()
    {
        IReadOnlyList<ClientOperation> read = Parse("""
            {:process 0, :type :invoke, :f :write, :value [7 1]} {:process 0, :type :ok, :f :write, :value [7 1]}
            {:process 0, :type :invoke, :f :read, :value [8 nil]} {:process 0, :type :ok, :f :read, :value [8 2]}
            {:process 0, :type :invoke, :f :cas, :value [8 [2 3]]} {:process 0, :type :info, :f :cas, :value [8 [2 3]]}
            """);

        Assert.Equal([("7", "1"), ("8", "2"), ("8", "[2 3]")], read.Select(o => (o.Key, Form.Text(o.Value))));
    }

    [Fact]
    public void Reads_what_we_export_and_our_own_records()
    {
        Operation[] history =
        [
            new(0, "write", "a", "1", TimeSpan.FromTicks(10), TimeSpan.FromTicks(20), Outcome.Ok),
            new(1, "read", "a", "1", TimeSpan.FromTicks(20), TimeSpan.FromTicks(50), Outcome.Ok),
            new(2, "read", "b", null, TimeSpan.FromTicks(30), null, Outcome.Unknown),
        ];
        var lines = new StringWriter();
        var edn = new StringWriter();
        HistoryExport.ToJsonLines(history, lines);
        HistoryExport.ToEdn(history, edn);

        Assert.Equal([("a", "1"), ("a", "1"), ("b", "nil")], Parse(lines.ToString()).Select(o => (o.Key, Form.Text(o.Value))));
        Assert.Equal([("a", "1"), ("a", "1"), ("b", "nil")], Parse(edn.ToString()).Select(o => (o.Key, Form.Text(o.Value))));
    }

    [Theory]
    [InlineData("INFO  jepsen.util - 0 :invoke :read nil\nINFO  jepsen.util - 0 :oops :read nil", "line 2: ':oops' is none of")]
    [InlineData("INFO  jepsen.util - 0 :invoke :read nil\nINFO  jepsen.util - 1 :ok :read 3", "line 2: process 1 got an answer (read) but had asked nothing")]
    [InlineData("INFO  jepsen.util - 0 :invoke :cas [1", "line 1: the value '[1' cannot be read")]
    [InlineData("{:process 0, :type :invoke, :f :read}\n{:process 0, :type :ok, :f :read, :value [1}", "line 2: '}' closes nothing")]
    [InlineData("{:process 0, :type :invoke, :f :read}\n\n{:process 0, :type :maybe, :f :read}", "line 3: the type is 'maybe'")]
    [InlineData("{:process 0, :type :invoke, :f :read", "line 1: what begins here is never closed")]
    [InlineData("{:type :invoke, :f :read}", "line 1: there is no process")]
    [InlineData("{:type :invoke, :value [[:r 1 nil]]}\n{:type :ok, :process 3, :value [[:r 1 []]]}", "line 1: there is no process, though others")]
    [InlineData("[{\"process\":0,\"type\":\"invoke\",\"f\":\"read\"},\n{\"process\":0,", "line 2: this is no JSON")]
    [InlineData("{\"process\":0,\"kind\":\"read\",\"key\":\"a\",\"invoked\":1,\"outcome\":\"ok\"}\n{\"process\":oops}", "line 2: this is no operation")]
    [InlineData("INFO  jepsen.core - Test version 3\nINFO  jepsen.util - nothing to see", "it holds no operation")]
    [InlineData("once upon a time", "looks like no format")]
    [InlineData("", "looks like no format")]
    public void Says_where_a_file_is_wrong_and_what(string text, string says) =>
        Assert.Contains(says, Assert.Throws<HistoryFormatException>(() => Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Answers_any_damage_with_a_history_or_a_clear_refusal()
    {
        string[] texts =
        [
            Log,
            "; c\n[{:process 0, :type :invoke, :f :cas, :value [1 \"a\\u0041\"]} {:process 0, :type :ok, :f :cas, :value #{1 2}}]",
            "[{\"process\":0,\"type\":\"invoke\",\"f\":\"txn\",\"value\":[[\"append\",1,2]]},{\"process\":0,\"type\":\"ok\",\"f\":\"txn\",\"value\":[[\"r\",1,[2]]]}]",
            "{\"process\":0,\"kind\":\"read\",\"key\":\"a\",\"invoked\":1,\"completed\":2,\"outcome\":\"ok\"}\n",
        ];
        var random = new Random(5);
        int refused = 0;
        for (int round = 0; round < 20_000; round++)
        {
            char[] text = texts[round % texts.Length].ToCharArray();
            for (int damage = random.Next(1, 4); damage > 0; damage--)
                text[random.Next(text.Length)] = Damage[random.Next(Damage.Length)];
            refused += Refuses(new string(text, 0, random.Next(2) == 0 ? text.Length : random.Next(text.Length))) ? 1 : 0;
        }

        Assert.InRange(refused, 1, 19_999);
    }

    private static bool Refuses(string text)
    {
        try
        {
            Parse(text);
            return false;
        }
        catch (HistoryFormatException e)
        {
            Assert.NotEmpty(e.Message);
            return true;
        }
    }

    private static IReadOnlyList<ClientOperation> Parse(string text) =>
        HistoryFile.Parse(text, HistoryFile.Detect(text), needsInvocations: true).Operations;
}
