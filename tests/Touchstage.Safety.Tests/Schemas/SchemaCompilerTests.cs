using System.Text.Json;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Tests.Schemas;

public sealed class SchemaCompilerTests
{
    [Theory]
    [InlineData("""{"properties":{"a":{"$ref":"#/x"}}}""", "/properties/a/$ref", "$ref")]
    [InlineData("""{"$ref":"#nowhere"}""", "/$ref", "$ref")]
    [InlineData("""{"$ref":1}""", "/$ref", "$ref")]
    [InlineData("""{"$ref":"https://example.com/schema.json"}""", "/$ref", "$ref")]
    [InlineData("""{"$ref":"other.json#/x"}""", "/$ref", "$ref")]
    [InlineData("""{"$ref":"#"}""", "", "$ref")]
    [InlineData("""{"anyOf":[{"allOf":[{"$ref":"#"}]}]}""", "", "$ref")]
    [InlineData("""{"$dynamicRef":"#a","$dynamicAnchor":"a"}""", "", "$ref")]
    [InlineData("""{"$id":"https://example.com/a#b"}""", "/$id", "$id")]
    [InlineData("""{"$defs":{"a":{"$id":"x"},"b":{"$id":"x"}}}""", "/$defs/b/$id", "$id")]
    [InlineData("""{"$defs":{"a":{"$anchor":"x"},"b":{"$anchor":"x"}}}""", "/$defs/b/$anchor", "$anchor")]
    [InlineData("""{"$anchor":"1"}""", "/$anchor", "$anchor")]
    [InlineData("""{"$defs":{"a":{"maxLenght":1}}}""", "/$defs/a/maxLenght", "maxLenght")]
    [InlineData("""{"$defs":[]}""", "/$defs", "$defs")]
    [InlineData("""{"definitions":{}}""", "/definitions", "definitions")]
    [InlineData("""{"anyOf":[]}""", "/anyOf", "anyOf")]
    [InlineData("""{"allOf":[1]}""", "/allOf/0", "schema")]
    [InlineData("""{"oneOf":{}}""", "/oneOf", "oneOf")]
    [InlineData("""{"then":true}""", "/then", "then")]
    [InlineData("""{"items":{"else":true}}""", "/items/else", "else")]
    [InlineData("""{"minContains":1}""", "/minContains", "minContains")]
    [InlineData("""{"contains":true,"maxContains":-1}""", "/maxContains", "maxContains")]
    [InlineData("""{"prefixItems":[]}""", "/prefixItems", "prefixItems")]
    [InlineData("""{"patternProperties":{"(":true}}""", "/patternProperties", "patternProperties")]
    [InlineData("""{"patternProperties":[]}""", "/patternProperties", "patternProperties")]
    [InlineData("""{"dependentRequired":{"a":"b"}}""", "/dependentRequired", "dependentRequired")]
    [InlineData("""{"dependentSchemas":[]}""", "/dependentSchemas", "dependentSchemas")]
    [InlineData("""{"contentMediaType":1}""", "/contentMediaType", "contentMediaType")]
    [InlineData("""{"contentSchema":1}""", "/contentSchema", "schema")]
    [InlineData("""{"propertyNames":{"x-sensitive":true}}""", "/propertyNames", "x-sensitive")]
    [InlineData("""{"contentSchema":{"properties":{"pin":{"x-sensitive":true}}}}""", "/contentSchema", "x-sensitive")]
    [InlineData("""{"contentSchema":{"$ref":"#/$defs/card"},"$defs":{"card":{"properties":{"pin":{"x-sensitive":true}}}}}""", "/contentSchema", "x-sensitive")]
    [InlineData("""{"maxLenght":3}""", "/maxLenght", "maxLenght")]
    [InlineData("""{"x-senstive":true}""", "/x-senstive", "x-senstive")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#"}""", "/$schema", "$schema")]
    [InlineData("""{"type":"strin"}""", "/type", "type")]
    [InlineData("""{"type":[]}""", "/type", "type")]
    [InlineData("""{"type":["string","string"]}""", "/type", "type")]
    [InlineData("""{"type":1}""", "/type", "type")]
    [InlineData("""{"required":"a"}""", "/required", "required")]
    [InlineData("""{"required":["a","a"]}""", "/required", "required")]
    [InlineData("""{"required":[1]}""", "/required", "required")]
    [InlineData("""{"properties":[]}""", "/properties", "properties")]
    [InlineData("""{"properties":{"a~/b":1}}""", "/properties/a~0~1b", "schema")]
    [InlineData("""{"additionalProperties":1}""", "/additionalProperties", "schema")]
    [InlineData("""{"items":[]}""", "/items", "schema")]
    [InlineData("""{"enum":[]}""", "/enum", "enum")]
    [InlineData("""{"enum":1}""", "/enum", "enum")]
    [InlineData("""{"minimum":"1"}""", "/minimum", "minimum")]
    [InlineData("""{"multipleOf":0}""", "/multipleOf", "multipleOf")]
    [InlineData("""{"multipleOf":-1}""", "/multipleOf", "multipleOf")]
    [InlineData("""{"maxLength":-1}""", "/maxLength", "maxLength")]
    [InlineData("""{"maxLength":1.5}""", "/maxLength", "maxLength")]
    [InlineData("""{"uniqueItems":1}""", "/uniqueItems", "uniqueItems")]
    [InlineData("""{"pattern":"("}""", "/pattern", "pattern")]
    [InlineData("""{"pattern":1}""", "/pattern", "pattern")]
    [InlineData("""{"format":"phone"}""", "/format", "format")]
    [InlineData("""{"format":1}""", "/format", "format")]
    [InlineData("""{"title":1}""", "/title", "title")]
    [InlineData("""{"examples":1}""", "/examples", "examples")]
    [InlineData("""{"x-sensitive":"yes"}""", "/x-sensitive", "x-sensitive")]
    [InlineData("""{"type":"number","default":"50"}""", "/default", "default")]
    [InlineData("1", "", "schema")]
    [InlineData("""{"type":"string","type":"number"}""", "/type", "duplicateKey")]
    [InlineData("""{"maximum":9007199254740993}""", "/maximum", "number")]
    public void Compile_WhatCannotBeEnforced_IsRefusedAtItsPlace(string schema, string path, string rule)
    {
        var load = JsonSchema.Compile(JsonElement.Parse(schema), SchemaOptions.Closed);

        load.TryGet(out _).ShouldBeFalse();
        var problem = load.Problems.ShouldHaveSingleItem();
        problem.Path.ShouldBe(path);
        problem.Rule.ShouldBe(rule);
    }

    [Fact]
    public void Compile_TellsEveryErrorAtOnce_WithTheFix()
    {
        var load = JsonSchema.Compile(
            JsonElement.Parse("""{"type":"x","properties":{"a":{"maxLenght":3},"b":{"format":"phone"}},"oneOf":[]}"""), SchemaOptions.Closed);

        load.Problems.Select(p => p.Path).ShouldBe(["/type", "/properties/a/maxLenght", "/properties/b/format", "/oneOf"], ignoreOrder: true);
        load.Problems.Single(p => p.Rule == "maxLenght").Message.ShouldContain("did you mean `maxLength`?");
        load.Problems.Single(p => p.Rule == "oneOf").Message.ShouldBe("`oneOf` must be an array of at least one schema.");
    }

    [Fact]
    public void Compile_ASchemaTooLargeOrTooDeep_IsRefused()
    {
        var wide = "{\"properties\":{" + string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"\"p{i}\":true")) + "}}";
        var deep = string.Concat(Enumerable.Repeat("""{"items":""", 70)) + "true" + new string('}', 70);

        JsonSchema.Compile(JsonElement.Parse(wide), SchemaOptions.Open).Problems.Single().Rule.ShouldBe("count");
        JsonSchema.Compile(JsonElement.Parse(deep, new JsonDocumentOptions { MaxDepth = 100 }), SchemaOptions.Open).Problems.Single().Rule.ShouldBe("depth");
    }
}
