namespace Harness.Load.Tests;

public sealed class DataTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("data-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Reads_rows_into_records_by_the_names_of_their_columns()
    {
        string file = Write("users.csv", "name,AGE,balance\r\nAda,36,1.5\r\n\r\n\"Hopper, \"\"Grace\"\"\",85,-2\r\n");
        Assert.Equal([new User("Ada", 36, 1.5m), new User("Hopper, \"Grace\"", 85, -2m)], Data.LoadCsv<User>(file));
    }

    [Fact]
    public void Reads_rows_into_objects_with_properties_and_cells_with_line_ends()
    {
        Note note = Assert.Single(Data.LoadCsv<Note>(Write("notes.csv", "text,unused\n\"two\nlines\",x")));
        Assert.Equal(("two\nlines", 7), (note.Text, note.Stars));
    }

    [Fact]
    public void Names_every_row_that_does_not_fit()
    {
        string file = Write("users.csv", "name,age,balance\nAda,old,1\nGrace,85\nBarbara,70,much\n");
        var problems = Assert.Throws<LoadConfigurationException>(() => Data.LoadCsv<User>(file)).Problems;
        Assert.Equal(
            [
                $"{file}(2): 'old' is no Int32 for 'Age'",
                $"{file}(3): has 2 cells; the first line names 3 columns",
                $"{file}(4): 'much' is no Decimal for 'Balance'",
            ],
            problems);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("nom,age,balance\nAda,1,1\n", "no column is called 'Name'; there is nom, age, balance")]
    [InlineData("name,age,balance\n\"Ada,1,1\n", "(2): a quote is never closed")]
    public void Says_what_is_wrong_with_a_file(string text, string message) => Assert.Contains(
        message, Assert.Throws<LoadConfigurationException>(() => Data.LoadCsv<User>(Write("users.csv", text))).Message, StringComparison.Ordinal);

    [Fact]
    public void Reads_json_and_names_the_line_that_is_none()
    {
        Assert.Equal([new User("Ada", 36, 1)], Data.LoadJson<User[]>(Write("users.json", """[{ "name": "Ada", "age": 36, "balance": 1 }]""")));
        string bad = Write("bad.json", "[\n{ \"name\": }]");
        Assert.Contains($"{bad}(2)", Assert.Throws<LoadConfigurationException>(() => Data.LoadJson<User[]>(bad)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Makes_the_same_bytes_for_the_same_seed()
    {
        Assert.Equal(100, Data.GenerateRandomBytes(100).Length);
        Assert.Equal(Data.GenerateRandomBytes(100, seed: 3), Data.GenerateRandomBytes(100, seed: 3));
        Assert.NotEqual(Data.GenerateRandomBytes(100, seed: 3), Data.GenerateRandomBytes(100, seed: 4));
    }

    private string Write(string name, string text)
    {
        string file = Path.Combine(_folder, name);
        File.WriteAllText(file, text);
        return file;
    }

    public sealed record User(string Name, int Age, decimal Balance);

    public sealed class Note
    {
        public string Text { get; set; } = "";

        public int Stars { get; set; } = 7;
    }
}
