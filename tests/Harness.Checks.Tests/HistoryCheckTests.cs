using Harness.Checks.Histories;
using Harness.Checks.Linearizability;
using Harness.Records;

namespace Harness.Checks.Tests;

public sealed class HistoryCheckTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("harness-checks-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("register", "0 :invoke :write 1|0 :ok :write 1|1 :invoke :read nil|1 :ok :read 1", "ok")]
    [InlineData("register", "0 :invoke :write 1|0 :ok :write 1|1 :invoke :read nil|1 :ok :read nil", "illegal")]
    [InlineData("register", "0 :invoke :write 1|1 :invoke :read nil|1 :ok :read nil|0 :ok :write 1", "ok")]
    [InlineData("cas-register", "0 :invoke :write 1|0 :ok :write 1|1 :invoke :cas [1 2]|1 :fail :cas [1 2]", "illegal")]
    [InlineData("cas-register", "0 :invoke :write 1|0 :ok :write 1|1 :invoke :cas [1 2]|1 :info :cas :timed-out|2 :invoke :read nil|2 :ok :read 2", "ok")]
    [InlineData("cas-register", "0 :invoke :write 1|0 :info :write :timed-out|1 :invoke :read nil|1 :info :read :timed-out|2 :invoke :read nil|2 :ok :read 1", "ok")]
    public void Judges_jepsen_s_logs(string model, string lines, string word) =>
        Assert.Equal(word, Run(model, string.Concat(lines.Split('|').Select(line => $"INFO  jepsen.util - {line}\n"))).Word);

    [Theory]
    [InlineData(":cas [1 2]", ":fail :cas [1 2]")]      // a refusal says nothing
    [InlineData(":read nil", ":ok :read nil")]          // nor does a read of nil
    public void Judges_knossos_s_histories_by_knossos_s_rules(string invoke, string completion)
    {
        string[] words = completion.Split(' ', 3);
        string[] asked = invoke.Split(' ', 2);
        string text = $"{{:process 0 :type :invoke :f :write :value 1}} {{:process 0 :type :ok :f :write :value 1}} "
            + $"{{:process 1 :type :invoke :f {asked[0]} :value {asked[1]}}} {{:process 1 :type {words[0]} :f {words[1]} :value {words[2]}}}";

        Assert.Equal("ok", Run("cas-register", text).Word);
    }

    [Theory]
    [InlineData("\"\"", "illegal")]
    [InlineData("\"ab\"", "ok")]
    [InlineData("\"ba\"", "illegal")]
    public void Judges_key_value_logs(string read, string word) => Assert.Equal(word, Run("kv", $$"""
        {:process 0, :type :invoke, :f :put, :key "k", :value "a"}
        {:process 0, :type :ok, :f :put, :key "k", :value "a"}
        {:process 0, :type :invoke, :f :append, :key "k", :value "b"}
        {:process 0, :type :ok, :f :append, :key "k", :value "b"}
        {:process 1, :type :invoke, :f :get, :key "k", :value nil}
        {:process 1, :type :ok, :f :get, :key "k", :value {{read}}}
        """).Word);

    [Theory]
    [InlineData("add 1;add 2;read 3", "ok")]
    [InlineData("add 1;add 2;read 2", "illegal")]
    [InlineData("add 1;add -2;read -1", "ok")]
    [InlineData("add 1;info add 5;read 6", "ok")]
    [InlineData("add 1;info add 5;read 1;read 6;read 1", "illegal")]
    [InlineData("increment nil;decrement nil;increment nil;read 1", "ok")]
    public void Judges_counters(string steps, string word) => Assert.Equal(word, Run("counter", Edn(steps)).Word);

    [Theory]
    [InlineData("add 1;add 2;read [2 1]", "ok")]
    [InlineData("add 1;add 2;read #{1 2}", "ok")]
    [InlineData("add 1;add 2;read [2]", "illegal")]
    [InlineData("add 1;read [1 1]", "illegal")]
    [InlineData("add 1;read [1 9]", "illegal")]
    [InlineData("add 1;fail add 2;read [1 2]", "illegal")]
    [InlineData("add 1;info add 2;read [1 2]", "ok")]
    [InlineData("add 1;info add 2;read [1]", "ok")]
    [InlineData("add 1;read [];read [1]", "ok")]
    [InlineData("info add 1;read [1];read []", "illegal")]
    [InlineData("add 1;read [1];add 2", "ok")]
    [InlineData("read [1];add 1;read [1]", "illegal")]
    [InlineData("add 1", "unknown")]
    public void Judges_sets(string steps, string word) => Assert.Equal(word, Run("set", Edn(steps)).Word);

    [Theory]
    [InlineData("enqueue 1;enqueue 2;dequeue 1;drain [2]", "ok")]
    [InlineData("enqueue 1;enqueue 2;dequeue 1;drain []", "illegal")]
    [InlineData("enqueue 1;enqueue 2;dequeue 1;fail dequeue nil", "illegal")]
    [InlineData("enqueue 1;enqueue 2;dequeue 1", "ok")]
    [InlineData("enqueue 1;dequeue 1;dequeue 1", "illegal")]
    [InlineData("enqueue 1;dequeue 9", "illegal")]
    [InlineData("fail enqueue 1;dequeue 1", "illegal")]
    [InlineData("info enqueue 1;dequeue 1", "ok")]
    [InlineData("dequeue 1;enqueue 1", "illegal")]
    [InlineData("enqueue 1;info dequeue nil;drain []", "ok")]
    public void Judges_queues(string steps, string word) => Assert.Equal(word, Run("queue", Edn(steps)).Word);

    [Theory]
    [InlineData("acquire nil;release nil;acquire nil", "ok")]
    [InlineData("acquire nil;acquire nil", "illegal")]
    [InlineData("acquire nil;fail acquire nil;info release nil;acquire nil", "ok")]
    [InlineData("release nil", "illegal")]
    public void Judges_locks(string steps, string word) => Assert.Equal(word, Run("mutex", Edn(steps)).Word);

    [Theory]
    [InlineData("rw-register")]
    [InlineData("register")]
    public void Judges_transactions_over_registers(string model)
    {
        Assert.Equal("ok", Run(model, Edn("txn [[:w x 1]];txn [[:r x 1] [:w y 2]];txn [[:r x 1] [:r y 2]]")).Word);
        Assert.Equal("illegal", Run(model, Edn("txn [[:w x 1]];txn [[:r x 1] [:w y 2]];txn [[:r x nil] [:r y 2]]")).Word);
    }

    [Theory]
    [InlineData("read {0 10, 1 10};transfer {:from 0 :to 1 :amount 5};read {0 5, 1 15}", "ok")]
    [InlineData("read {0 10, 1 10};read {0 10, 1 10};read {0 5, 1 10}", "illegal")]
    [InlineData("read {0 10, 1 10};read {0 25, 1 -5}", "illegal")]
    [InlineData("read {0 10, 1 10};read {0 nil, 1 20}", "illegal")]
    [InlineData("transfer {:from 0 :to 1 :amount 5}", "unknown")]
    public void Judges_banks(string steps, string word) => Assert.Equal(word, Run("bank", Edn(steps)).Word);

    [Fact]
    public void Judges_transactions_of_elle_cli() => Assert.Equal("illegal", Run("list-append", """
        [{"index":0,"type":"invoke","f":"txn","process":0,"time":1,"value":[["append",1,1],["r",2,null]]},
         {"index":1,"type":"ok","f":"txn","process":0,"time":2,"value":[["append",1,1],["r",2,[]]]},
         {"index":2,"type":"ok","f":"txn","process":1,"time":3,"value":[["append",2,1],["r",1,[]]]}]
        """).Word);

    [Fact]
    public void Judges_a_run_record_s_own_history()
    {
        string path = Path.Combine(_folder, "history.bin");
        using (var writer = new HistoryWriter(path))
        {
            writer.Record(new Operation(0, "write", "a", "1", TimeSpan.FromTicks(1), TimeSpan.FromTicks(2), Outcome.Ok));
            writer.Record(new Operation(1, "read", "a", "2", TimeSpan.FromTicks(3), TimeSpan.FromTicks(4), Outcome.Ok));
        }

        HistoryCheckResult result = HistoryCheck.Run(path, "register", "auto", new SearchLimits(), TestContext.Current.CancellationToken);
        Assert.Equal(("harness", "illegal"), (result.Format, result.Word));
    }

    [Theory]
    [InlineData("register", "enqueue 1", "line 1: the model knows no 'enqueue'")]
    [InlineData("cas-register", "cas 1", "line 1: cas needs a pair")]
    [InlineData("counter", "add x", "line 1: add needs a whole number")]
    [InlineData("bank", "read 7", "line 1: read should have a map")]
    [InlineData("set", "read 7", "line 1: read should have a list")]
    [InlineData("list-append", "txn [[:append 1]]", "line 1: '[append 1]' is no step of three parts")]
    [InlineData("graph", "read 7", "there is no model 'graph'")]
    public void Says_what_a_model_cannot_take(string model, string steps, string says) =>
        Assert.Contains(says, Assert.Throws<HistoryFormatException>(() => Run(model, Edn(steps))).Message, StringComparison.Ordinal);

    [Fact]
    public void Says_which_file_is_not_there() =>
        Assert.Contains("nowhere", Assert.Throws<HistoryFormatException>(() =>
            HistoryCheck.Run("/nowhere/at/all", "register", "auto", new SearchLimits(), TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);

    // One step after the other, each by a process of its own: "add 1;info add 5;read 6".
    private static string Edn(string steps) => string.Concat(steps.Split(';').Select((step, process) =>
    {
        string[] words = step.Split(' ', 2);
        string type = words[0] is "info" or "fail" ? words[0] : "ok";
        string[] asked = (type == "ok" ? step : words[1]).Split(' ', 2);
        string map = $":process {process}, :f :{asked[0]}, :value {asked[1]}";
        return $"{{:type :invoke, {map}}} {{:type :{type}, {map}}}\n";
    }));

    private HistoryCheckResult Run(string model, string text)
    {
        string path = Path.Combine(_folder, "history.txt");
        File.WriteAllText(path, text);
        return HistoryCheck.Run(path, model, "auto", new SearchLimits(), TestContext.Current.CancellationToken);
    }
}
