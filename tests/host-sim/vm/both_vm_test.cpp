// plimsoll: tests/host-sim/vm/both_vm_test.cpp                      SPDX-License-Identifier: Apache-2.0
// Room: the proving ground. Two machines side by side, made to disagree in every way that counts.
#include "host-sim/vm/both_vm.hpp"

#include <catch2/catch.hpp>
#include <functional>
#include <memory>
#include <string>
#include <utility>

using namespace plimsoll::sim;

namespace {

// Answers as it is told; each call leaves one more record.
class ScriptedVm final : public Vm
{
public:
    using Script = std::function<Response(Storage&)>;

    explicit ScriptedVm(Script script, int* calls = nullptr)
      : m_script(std::move(script)), m_calls(calls)
    {}

    Response instantiate(const CallEnv&, std::string_view) override { return call(); }
    Response execute(const CallEnv&, std::string_view) override { return call(); }
    Response query(const CallEnv&, std::string_view) override { return call(); }
    [[nodiscard]] const Storage::Records& records() const override { return m_storage.records(); }
    [[nodiscard]] std::string digest_hex() override { return m_storage.digest().hex(); }

private:
    Response call()
    {
        if (m_calls != nullptr)
            ++*m_calls;
        m_storage.begin();
        Response response = m_script(m_storage);
        m_storage.commit();
        return response;
    }

    Storage m_storage;
    Script m_script;
    int* m_calls;
};

Response usual(Storage& storage)
{
    storage.write("count", "1");
    Response response;
    response.events = {{"counted", {{"seq", "1"}}}};
    response.transfers = {{"bob", "uusdc", 5}};
    response.data = "{}";
    return response;
}

std::unique_ptr<Vm> scripted(ScriptedVm::Script script, int* calls = nullptr)
{
    return std::make_unique<ScriptedVm>(std::move(script), calls);
}

const CallEnv ENV{100, 7, "alice", "house", {}};

// The difference after one execute and the end of its block.
Difference difference_with(ScriptedVm::Script script)
{
    BothVm both(scripted(usual), scripted(std::move(script)));
    static_cast<void>(both.execute(ENV, "{\"a\":1}"));
    auto difference = both.end_block(7);
    REQUIRE(difference);
    return *difference;
}

}  // namespace

TEST_CASE("both: machines that agree are one, with the second's gas")
{
    BothVm both(scripted(usual), scripted([](Storage& storage) {
        Response response = usual(storage);
        response.gas.code_vm_gas = 9;
        return response;
    }));
    const Response response = both.instantiate(ENV, "{}");
    CHECK(response.ok);
    CHECK(response.gas.code_vm_gas == 9);
    CHECK(both.query(ENV, "{}").data == "{}");
    CHECK_FALSE(both.end_block(7));
    CHECK(both.records().at("count") == "1");
    CHECK(both.digest_hex().size() == 64);
}

TEST_CASE("both: every part of a response is compared")
{
    const auto changed = [](auto change) {
        return difference_with([change](Storage& storage) {
            Response response = usual(storage);
            change(response);
            return response;
        });
    };
    const Difference error = changed([](Response& response) {
        response = Response{};
        response.ok = false;
        response.error_code = 700;
        response.error = "700 not_liquidatable";
    });
    CHECK(error.height == 7);
    CHECK(error.call == "execute by 'alice': {\"a\":1}");
    CHECK(error.what == "error: '' against '700 not_liquidatable'");
    CHECK(changed([](Response& r) { r.data = "[\x01]"; }).what == "data: '{}' against '[\\x01]'");
    CHECK(changed([](Response& r) { r.events[0].type = "sold"; }).what ==
          "event 0: 'counted seq=1' against 'sold seq=1'");
    CHECK(changed([](Response& r) { r.events[0].attributes[0].value = "2"; }).what ==
          "event 0: 'counted seq=1' against 'counted seq=2'");
    CHECK(changed([](Response& r) { r.events.push_back({"more", {}}); }).what ==
          "event 1: '' against 'more'");
    CHECK(changed([](Response& r) { r.transfers[0].amount = 6; }).what ==
          "transfer 0: '5uusdc to bob' against '6uusdc to bob'");
    CHECK(changed([](Response& r) { r.transfers.clear(); }).what ==
          "transfer 0: '5uusdc to bob' against ''");
}

TEST_CASE("both: records are compared when the block ends, and the first that differs is named")
{
    const Difference value = difference_with([](Storage& storage) {
        Response response = usual(storage);
        storage.write("count", "2");
        return response;
    });
    CHECK(value.call == "records");
    CHECK(value.what == "record 'count': '1' against '2'");
    const Difference missing = difference_with([](Storage& storage) {
        Response response = usual(storage);
        storage.remove("count");
        return response;
    });
    CHECK(missing.what == "record 'count': '1' against '(none)'");
    const Difference extra = difference_with([](Storage& storage) {
        storage.write(std::string("a\0b", 3), "x");
        return usual(storage);
    });
    CHECK(extra.what == "record 'a\\x00b': '(none)' against 'x'");
}

TEST_CASE("both: a trap of the second machine is reported and the first is not asked")
{
    int asked = 0;
    BothVm both(scripted(usual, &asked), scripted([](Storage&) {
        Response response;
        response.ok = false;
        response.error_code = TRAPPED;
        response.error = "trap: unreachable";
        return response;
    }));
    CHECK(both.execute(ENV, "{}").error_code == TRAPPED);
    CHECK(asked == 0);
    const auto difference = both.end_block(7);
    REQUIRE(difference);
    CHECK(difference->what == "trap: unreachable");
}

TEST_CASE("both: only the first difference is kept, and the second machine rests after it")
{
    int asked = 0;
    BothVm both(scripted(usual), scripted(
                                     [](Storage& storage) {
                                         Response response = usual(storage);
                                         response.data = "2";
                                         return response;
                                     },
                                     &asked));
    static_cast<void>(both.execute(ENV, "first"));
    static_cast<void>(both.execute(ENV, "second"));
    CHECK(asked == 1);
    CHECK(both.end_block(7)->call == "execute by 'alice': first");
    CHECK(both.end_block(8)->height == 7);
}
